"""Turns the days of a household's lanes into occasions: who goes, how, and whom they meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from .dice import happens, shuffled, weighted
from .flags import rule_on
from .lane_days import Course
from .portraits import Portrait
from .shapes import FlagPlan
from .workdays import Workdays

REACHED = ("FACE", "CALL", "OFFICE")
_MODES: dict[str, tuple[tuple[str, int], ...]] = {
    "CASE_CHECK_COMPLEX": (("FACE", 62), ("CALL", 28), ("OFFICE", 10)),
    "CASE_CHECK_GENERAL": (("FACE", 62), ("CALL", 26), ("OFFICE", 12)),
    "ISOLATION_HIGH": (("FACE", 34), ("CALL", 66)),
    "ISOLATION_MID": (("FACE", 46), ("CALL", 54)),
    "ISOLATION_LOW": (("FACE", 74), ("CALL", 26)),
    "AFTERCARE": (("FACE", 60), ("CALL", 40)),
}


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something that will become a visit: `tag` says what is special about it, '' when nothing."""

    household: str
    on: date
    duty: str
    mode: str
    purpose: str
    members: tuple[str, ...] = ()
    tag: str = ""

    @property
    def is_reached(self) -> bool:
        return self.mode in REACHED


class Arranger:
    """Arranges the occasions of one household, from its courses and chance."""

    def __init__(
        self, rng: Random, portrait: Portrait, courses: Sequence[Course], flags: Sequence[FlagPlan], workdays: Workdays
    ) -> None:
        self.rng, self.portrait, self.flags, self.workdays = rng, portrait, flags, workdays
        self.nursing = next((c for c in courses if c.lane.duty == "NURSE"), None)
        self.welfare = next((c for c in courses if c.lane.duty == "WORKER"), None)

    def planned(self) -> list[Occasion]:
        """The occasions that keep the rules, one a day at most, oldest first."""
        welfare = self._with_companions(self._welfare()) if self.nursing else self._welfare()
        by_day = {occasion.on: occasion for occasion in self._nursing()}
        for occasion in welfare:
            here = by_day.get(occasion.on)
            by_day[occasion.on] = self._joint(here, occasion) if here else occasion
        return [by_day[day] for day in sorted(by_day)]

    def free_contacts(self, first: date, last: date, count: int) -> list[Occasion]:
        """Welfare contacts that no rule asked for, on days of their own."""
        days = self.workdays.between(first, last)
        chosen = sorted(shuffled(self.rng, days)[:count])
        modes = (("FACE", 62), ("CALL", 22), ("OFFICE", 16))
        return [self._occasion(day, "WORKER", weighted(self.rng, modes), "WELFARE") for day in chosen]

    def first_contact(self, on: date) -> Occasion:
        """The first counselling, at the door unless nobody may go there."""
        return replace(self._occasion(on, "WORKER", "FACE", "WELFARE"), tag="first")

    def _nursing(self) -> list[Occasion]:
        if not self.nursing:
            return []
        lane, days = self.nursing.lane, self.nursing.days
        return [
            Occasion(lane.household, day, "NURSE", "FACE", "NURSING", self._nursed(lane.members, day == days[-1]))
            for day in days
        ]

    def _nursed(self, members: tuple[str, ...], is_last: bool) -> tuple[str, ...]:
        """The nurse sees everybody she looks after; now and then the second one is out, but not the last time."""
        return members if is_last or happens(self.rng, 0.92) else members[:1]

    def _welfare(self) -> list[Occasion]:
        if not self.welfare:
            return []
        return [self._check(self._rule_on(day), day) for day in self.welfare.days]

    def _rule_on(self, day: date) -> str:
        stretches = self.welfare.lane.stretches if self.welfare else ()
        return next((s.rule for s in reversed(stretches) if s.starts_on <= day), stretches[0].rule)

    def _check(self, rule: str, day: date) -> Occasion:
        mode = weighted(self.rng, _MODES[rule])
        purpose = "WELFARE"
        if rule.startswith("ISOLATION") and happens(self.rng, 0.75 if mode == "CALL" else 0.3):
            purpose = "CHECK_IN"
        return self._occasion(day, "WORKER", mode, purpose)

    def _occasion(self, day: date, duty: str, mode: str, purpose: str) -> Occasion:
        if mode == "FACE" and rule_on(self.flags, day) == "NO_VISIT":
            mode = "CALL" if purpose == "CHECK_IN" else self.rng.choice(("CALL", "OFFICE"))
        return Occasion(self.portrait.key, day, duty, mode, purpose, self._met(mode))

    def _met(self, mode: str) -> tuple[str, ...]:
        """Whom one meets on a working day: somebody grown up, often the others too, seldom the children."""
        adults = list(self.portrait.adults)
        host = adults[0] if happens(self.rng, 0.75) else self.rng.choice(adults)
        if mode != "FACE":
            return (host.key,)
        met = {host.key} | {m.key for m in adults if happens(self.rng, 0.45)}
        met |= {m.key for m in self.portrait.members if m not in adults and happens(self.rng, 0.15)}
        return tuple(m.key for m in self.portrait.members if m.key in met)

    def _with_companions(self, welfare: list[Occasion]) -> list[Occasion]:
        """Some welfare visits move to a nursing day close by, so that the two go together."""
        assert self.nursing  # noqa: S101 - only called with one
        moved = []
        last = welfare[-1].on if welfare else None
        for occasion in welfare:
            near = [day for day in self.nursing.days if abs((day - occasion.on).days) <= 4]
            if near and occasion.on != last and occasion.purpose == "WELFARE" and happens(self.rng, 0.55):
                occasion = replace(occasion, on=near[0], mode="FACE", members=self._met("FACE"))
            moved.append(occasion)
        return moved

    def _joint(self, nursing: Occasion, welfare: Occasion) -> Occasion:
        """One visit of both professions; a mere call of the worker on the nurse's day becomes a walk along, too."""
        met = {*nursing.members, *welfare.members}
        order = tuple(m.key for m in self.portrait.members if m.key in met)
        return replace(nursing, purpose="JOINT", members=order)
