"""How near harm a household is judged to be, and how that judgement came about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

from .care import Lane
from .dice import happens, stream
from .portraits import Portrait
from .seed_files import read
from .shapes import RiskPlan
from .workdays import DAY, Workdays

_HIGH, _MEDIUM, _LOW = (
    ("INTENSIVE", "ISOLATION_HIGH", "CASE_CHECK_COMPLEX"),
    ("CASE_CHECK_GENERAL", "ISOLATION_MID", "REGULAR"),
    ("SELF_CARE", "ISOLATION_LOW", "AFTERCARE"),
)


def judge(
    seed: int, portrait: Portrait, lanes: Sequence[Lane], today: date, workdays: Workdays
) -> tuple[RiskPlan, ...]:
    """The judgements of one household, oldest first; the last one fits the rules it lives under."""
    rng = stream(seed, "risk", portrait.key)
    rules = [lane.rule for lane in lanes if lane.is_open or portrait.closing]
    level, driver = _level(rng, rules)
    first = _judgement(rng, level, driver, portrait.registered_on)
    if (today - portrait.registered_on).days < 60 or happens(rng, 0.45):
        return (first,)
    changed = _changed_on(rng, lanes, portrait, today, workdays)
    earlier = rng.choice([other for other in ("HIGH", "MEDIUM", "LOW") if other != level])
    before = RiskPlan(earlier, rng.choice(read("risks")["reasons"]["EARLIER"][earlier]), portrait.registered_on)
    return (before, _judgement(rng, level, driver, changed))


def _level(rng: Random, rules: Sequence[str]) -> tuple[str, str]:
    """(level, the rule that makes it so)."""
    for level, drivers in (("HIGH", _HIGH), ("MEDIUM", _MEDIUM), ("LOW", _LOW)):
        found = [rule for rule in rules if rule in drivers]
        if found and level == "MEDIUM" and found == ["REGULAR"] and happens(rng, 0.4):
            return "LOW", ""
        if found:
            return level, found[0]
    return rng.choice(("LOW", "NONE", "NONE", "MEDIUM")), ""


def _judgement(rng: Random, level: str, driver: str, on: date) -> RiskPlan:
    reasons = read("risks")["reasons"][level]
    return RiskPlan(level, rng.choice(reasons.get(driver) or next(iter(reasons.values()))), on)


def _changed_on(rng: Random, lanes: Sequence[Lane], portrait: Portrait, today: date, workdays: Workdays) -> date:
    """The day the present rules began, or some day since the household is known."""
    starts = [lane.stretches[-1].starts_on for lane in lanes if lane.stretches[-1].starts_on > portrait.registered_on]
    if starts and happens(rng, 0.7):
        return max(starts)
    known = (today - portrait.registered_on).days
    return workdays.at_or_before(today - DAY * rng.randint(10, known - 10))
