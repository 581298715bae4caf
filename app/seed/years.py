"""One household's year: every occasion from a year ago to yesterday, in order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from .dice import stream
from .lane_days import Course
from .occasions import Arranger, Occasion
from .portraits import Portrait
from .shapes import FlagPlan
from .vain_tries import at_the_end, with_vain_tries
from .workdays import DAY, Workdays


class Years:
    """Makes the years of all households. A closed household's year ends some days before it was closed."""

    def __init__(self, seed: int, today: date, workdays: Workdays) -> None:
        self.seed, self.today, self.workdays = seed, today, workdays
        self.first = today - timedelta(days=364)
        self.last = workdays.at_or_before(today - DAY)

    def occasions(
        self, portrait: Portrait, courses: Sequence[Course], flags: Sequence[FlagPlan], closed_on: date | None
    ) -> list[Occasion]:
        """All occasions but crisis calls and weather calls, oldest first."""
        rng = stream(self.seed, "year", portrait.key)
        arranger = Arranger(rng, portrait, courses, flags, self.workdays)
        last = min(self.last, closed_on - DAY) if closed_on else self.last
        planned = [o for o in arranger.planned() if portrait.registered_on < o.on <= last]
        vain = next((c.lane for c in courses if c.lane.absences), None)
        quiet_from = planned[-1].on if vain and planned else last
        planned = self._with_free_contacts(arranger, portrait, courses, planned, quiet_from)
        planned = with_vain_tries(rng, planned, self.workdays)
        if vain is None:
            return planned
        met = max((o.on for o in planned if o.is_reached), default=None)
        return planned + at_the_end(rng, vain, met, self.today, self.workdays)

    def _with_free_contacts(
        self, arranger: Arranger, portrait: Portrait, courses: Sequence[Course], planned: list[Occasion], until: date
    ) -> list[Occasion]:
        """First counselling of those who came this year, and what nobody had scheduled, on days still free."""
        extra: list[Occasion] = []
        begins = max(self.first, portrait.registered_on + DAY * 12)
        if portrait.registered_on >= self.first:
            extra += self._first_contact(arranger, portrait)
        checked = any(c.lane.duty == "WORKER" and c.lane.is_open for c in courses)
        if not checked and begins < until:
            count = arranger.rng.choice((0, 1, 1, 2, 2, 3))
            extra += arranger.free_contacts(begins, until, count)
        taken = {occasion.on for occasion in planned}
        return sorted(planned + [o for o in extra if o.on not in taken], key=lambda o: o.on)

    def _first_contact(self, arranger: Arranger, portrait: Portrait) -> list[Occasion]:
        day = self.workdays.at_or_after(portrait.registered_on + DAY * arranger.rng.randint(0, 2))
        return [arranger.first_contact(day)] if day <= self.last else []


def merged(occasions: Sequence[Occasion], more: Sequence[Occasion]) -> list[Occasion]:
    """Both in order of their days; of `more` only what falls on a day with nothing else."""
    taken = {occasion.on for occasion in occasions}
    return sorted([*occasions, *(o for o in more if o.on not in taken)], key=lambda o: o.on)
