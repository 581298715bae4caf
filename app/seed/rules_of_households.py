"""The care groups and household terms that the lanes amount to, with who set them and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from .care import Lane, Stretch
from .dice import stream
from .portraits import Portrait
from .seed_files import read
from .shapes import CareGroupPlan, TermPlan
from .staffing import Rota
from .workdays import DAY, Workdays

_LINKAGES, _COUNTER_PROMISES = 6, 5
LINKAGE_DAYS = 30


def care_groups(seed: int, lane: Lane, rota: Rota) -> list[CareGroupPlan]:
    """The groups of a nursing lane's members, oldest first. The first member follows every stretch."""
    rng = stream(seed, "groups", lane.household)
    plans = [
        CareGroupPlan(lane.household, lane.members[0], s.rule, s.starts_on, _reason(lane, n), _nurse(lane, s, rota))
        for n, s in enumerate(lane.stretches)
    ]
    calmest = "SELF_CARE" if any(s.rule == "SELF_CARE" for s in lane.stretches) else "REGULAR"
    first = lane.stretches[0]
    for member in lane.members[1:]:
        reason = rng.choice(read("risks")["group_reasons"][calmest])
        plans.append(CareGroupPlan(lane.household, member, calmest, first.starts_on, reason, _nurse(lane, first, rota)))
    return sorted(plans, key=lambda plan: plan.starts_on)


def _nurse(lane: Lane, stretch: Stretch, rota: Rota) -> str:
    return rota.on_duty(lane.household, "NURSE", stretch.starts_on)


def _reason(lane: Lane, number: int) -> str:
    reasons = read("risks")["group_reasons"]
    rule, before = lane.stretches[number].rule, lane.stretches[number - 1].rule if number else ""
    key = rule
    if rule == "REGULAR" and before:
        key = "AFTER_INTENSIVE" if before == "INTENSIVE" else "STEP_UP"
    return str(stream(lane.household, "reason", number).choice(reasons[key]))


def terms(lane: Lane, rota: Rota) -> list[TermPlan]:
    """The household terms of a welfare lane, oldest first."""
    reasons = read("risks")["term_reasons"]
    return [
        TermPlan(
            lane.household,
            s.rule,
            s.starts_on,
            s.ends_on,
            reasons[s.rule],
            rota.on_duty(lane.household, "WORKER", s.starts_on),
        )
        for s in lane.stretches
    ]


def single_dates(
    seed: int, portraits: Sequence[Portrait], busy: set[str], rota: Rota, today: date, workdays: Workdays
) -> list[TermPlan]:
    """Linkages to be checked a month later, and visits promised at the counter; all of them still to come.

    `busy` households already have a welfare rule; the newest households are promised a visit first.
    """
    rng = stream(seed, "single dates")
    newest = sorted(portraits, key=lambda p: p.registered_on, reverse=True)[:_COUNTER_PROMISES]
    plans = [_promise(p, n, rota, today, workdays) for n, p in enumerate(newest)]
    known = [p for p in portraits if p.key not in busy and p not in newest and not p.closing and not p.featured]
    for portrait in rng.sample([p for p in known if (today - p.registered_on).days > 60], _LINKAGES):
        linked = workdays.at_or_before(today - timedelta(days=rng.randint(3, 26)))
        on = workdays.at_or_after(linked + timedelta(days=LINKAGE_DAYS))
        plans.append(_once(portrait, "LINKAGE_CHECK", linked, on, rota))
    return plans


def _promise(portrait: Portrait, number: int, rota: Rota, today: date, workdays: Workdays) -> TermPlan:
    made = workdays.at_or_before(today - DAY)
    made = max(made, portrait.registered_on)
    return _once(portrait, "PROMISE", made, workdays.at_or_after(today + DAY * (number + 1)), rota)


def _once(portrait: Portrait, rule: str, made: date, on: date, rota: Rota) -> TermPlan:
    reason = read("risks")["term_reasons"][rule]
    return TermPlan(portrait.key, rule, made, None, reason, rota.on_duty(portrait.key, "WORKER", made), promised_on=on)
