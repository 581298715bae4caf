"""Which rules a household lives under, and since when: care groups for health, checks for welfare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from .dice import happens, stream, weighted
from .flags import rule_on
from .portraits import Archetype, Portrait, age_on
from .rhythms import Standing
from .seed_files import read
from .shapes import FlagPlan
from .workdays import DAY, Workdays, add_months


@dataclass(frozen=True, slots=True)
class Stretch:
    """One rule over a time; `ends_on` is its last day, None while it stands."""

    rule: str
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """Why one profession keeps coming to one household: its rules one after another, and how it stands today.

    `members` are those whom a nurse looks after, the first of them setting the pace. `absences` vain tries have
    been made since somebody was last met.
    """

    household: str
    duty: str
    stretches: tuple[Stretch, ...]
    members: tuple[str, ...] = ()
    standing: Standing = Standing.LATER
    absences: int = 0

    @property
    def rule(self) -> str:
        """The rule that stands, or stood last."""
        return self.stretches[-1].rule

    @property
    def is_open(self) -> bool:
        return self.stretches[-1].ends_on is None


_WELFARE = {
    Archetype.MIDDLE_SINGLE: (("ISOLATION_HIGH", 18), ("ISOLATION_MID", 26), ("ISOLATION_LOW", 8),
        ("CASE_CHECK_COMPLEX", 10), ("CASE_CHECK_GENERAL", 17), ("", 21)),
    Archetype.ELDER_SINGLE: (("ISOLATION_HIGH", 3), ("ISOLATION_MID", 11), ("ISOLATION_LOW", 25),
        ("CASE_CHECK_COMPLEX", 2), ("CASE_CHECK_GENERAL", 12), ("AFTERCARE", 4), ("", 43)),
}  # fmt: skip
_WELFARE_OF_FAMILIES = (("CASE_CHECK_COMPLEX", 6), ("CASE_CHECK_GENERAL", 26), ("AFTERCARE", 6), ("", 62))
_GROUPS = (("INTENSIVE", 9), ("REGULAR", 44), ("SELF_CARE", 30), ("", 17))


class Carer:
    """Decides the lanes of one household after another."""

    def __init__(self, seed: int, today: date, workdays: Workdays, flags: Mapping[str, Sequence[FlagPlan]]) -> None:
        self.seed, self.today, self.workdays, self.flags = seed, today, workdays, flags

    def lanes(self, portrait: Portrait) -> list[Lane]:
        """The nursing lane and the welfare lane, as far as the household has them. Newcomers have none yet."""
        if (self.today - portrait.registered_on).days < 20:
            return []
        rng = stream(self.seed, "care", portrait.key)
        script: dict[str, Any] = next((row for row in read("featured") if row["code"] == portrait.featured), {})
        return [lane for lane in (self._nursing(rng, portrait, script), self._welfare(rng, portrait, script)) if lane]

    def _nursing(self, rng: Random, portrait: Portrait, script: dict[str, Any]) -> Lane | None:
        wish = script.get("nursing", {})
        group = wish.get("group") or weighted(rng, _GROUPS)
        if not group or not self._may_be_nursed(portrait):
            return None
        others = [m.key for m in portrait.adults if m is not portrait.focus and m.conditions]
        return Lane(
            portrait.key,
            "NURSE",
            self._groups(rng, portrait, group),
            (portrait.focus.key, *others[:1]),
            Standing(wish.get("standing", "later")),
            wish.get("absences", 0),
        )

    def _may_be_nursed(self, portrait: Portrait) -> bool:
        banned = rule_on(self.flags.get(portrait.key, ()), self.today) == "NO_VISIT"
        age = age_on(portrait.focus, self.today)
        return not banned and (age >= 60 or (age >= 35 and bool(portrait.focus.conditions)))

    def _groups(self, rng: Random, portrait: Portrait, group: str) -> tuple[Stretch, ...]:
        first = self.workdays.at_or_after(portrait.registered_on + timedelta(days=rng.randint(3, 16)))
        room = (self.today - first).days
        chance = rng.random()
        if group == "INTENSIVE":
            return self._chain(first, room, (("REGULAR", 0), (group, min(rng.randint(12, 84), room))))
        if group == "REGULAR" and room > 330 and chance < 0.24 and not portrait.closing:
            begun = rng.randint(125, 290)
            ended = (self.today - add_months(self.today - timedelta(days=begun), 3)).days
            return self._chain(first, room, ((group, 0), ("INTENSIVE", begun), (group, ended)))
        if group == "REGULAR" and room > 330 and chance < 0.34:
            return self._chain(first, room, (("SELF_CARE", 0), (group, rng.randint(100, 250))))
        return (Stretch(group, first),)

    def _chain(self, first: date, room: int, steps: Sequence[tuple[str, int]]) -> tuple[Stretch, ...]:
        """Stretches that follow one another; each later step is given by how many days ago it began."""
        if room < 120:
            return (Stretch(steps[-1][0], self.workdays.at_or_before(self.today - timedelta(days=steps[-1][1]))),)
        starts = [first, *(self.workdays.at_or_before(self.today - timedelta(days=ago)) for _, ago in steps[1:])]
        ends = [start - DAY for start in starts[1:]] + [None]
        return tuple(Stretch(rule, a, b) for (rule, _), a, b in zip(steps, starts, ends, strict=True))

    def _welfare(self, rng: Random, portrait: Portrait, script: dict[str, Any]) -> Lane | None:
        rule = script["welfare"] if script else weighted(rng, _WELFARE.get(portrait.archetype, _WELFARE_OF_FAMILIES))
        if not rule and not script and happens(rng, 0.12):
            return self._ended_case(rng, portrait)
        if not rule:
            return None
        room = (self.today - portrait.registered_on).days
        starts = self._start(rng, portrait, room)
        if rule != "AFTERCARE":
            standing = Standing(script.get("welfare_standing", "later"))
            return Lane(portrait.key, "WORKER", (Stretch(rule, starts),), standing=standing)
        closed = max(starts + DAY * 14, self.today - timedelta(days=rng.randint(30, 200)))
        return Lane(
            portrait.key,
            "WORKER",
            (Stretch("CASE_CHECK_GENERAL", starts, closed - DAY), Stretch(rule, self.workdays.nearest(closed))),
        )

    def _ended_case(self, rng: Random, portrait: Portrait) -> Lane | None:
        room = (self.today - portrait.registered_on).days
        if room < 220:
            return None
        ends = self.workdays.nearest(self.today - timedelta(days=rng.randint(20, 150)))
        starts = ends - timedelta(days=rng.randint(60, 180))
        starts = max(starts, portrait.registered_on + DAY * 5)
        return Lane(portrait.key, "WORKER", (Stretch("CASE_CHECK_GENERAL", self.workdays.at_or_after(starts), ends),))

    def _start(self, rng: Random, portrait: Portrait, room: int) -> date:
        latest = min(14, room - 1)
        ago = room - 8 if rng.random() < 0.3 else rng.randint(latest, 340)
        return self.workdays.at_or_before(self.today - timedelta(days=max(1, min(ago, room - 1))))


def closed_on(seed: int, portrait: Portrait, today: date, workdays: Workdays) -> date | None:
    """The day a household that ends this year is closed; None for the others."""
    if not portrait.closing:
        return None
    rng = stream(seed, "closed", portrait.key)
    return workdays.at_or_before(today - timedelta(days=rng.randint(9, 290)))


def cut(lane: Lane, last: date) -> Lane | None:
    """The lane of a household that is closed on `last`; None when it would only have begun afterwards."""
    kept = [stretch for stretch in lane.stretches if stretch.starts_on < last]
    if not kept:
        return None
    kept[-1] = replace(kept[-1], ends_on=min(kept[-1].ends_on or last, last))
    return replace(lane, stretches=tuple(kept))
