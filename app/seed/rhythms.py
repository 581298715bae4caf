"""How often a rule wants somebody to be seen, and when the next time is: enough of the due engine to plan a past.

The planner must not depend on the engine it feeds, so the few default rules it plans by are written here a second
time; the tests hold them against each other through what comes out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from .workdays import DAY, Workdays, add_months


class Standing(Enum):
    """Where a due date stands on the day of the story."""

    OVERDUE = "overdue"
    TODAY = "today"
    THIS_WEEK = "this week"
    LATER = "later"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Every so many months or days; with `count`, that many times within one period and then no more."""

    months: int = 0
    days: int = 0
    count: int = 0
    shifts: bool = True

    def after(self, day: date) -> date:
        """One interval, or one period, after `day`."""
        return add_months(day, self.months) if self.months else day + timedelta(days=self.days)

    @property
    def step_days(self) -> int:
        """About how many days lie between two visits."""
        return (self.months * 30 + self.days) // max(self.count, 1)


RHYTHMS = {
    "INTENSIVE": Rhythm(months=3, count=8),
    "REGULAR": Rhythm(months=3),
    "SELF_CARE": Rhythm(months=6),
    "CASE_CHECK_COMPLEX": Rhythm(days=14),
    "CASE_CHECK_GENERAL": Rhythm(days=30),
    "ISOLATION_HIGH": Rhythm(days=7, shifts=False),
    "ISOLATION_MID": Rhythm(days=14),
    "ISOLATION_LOW": Rhythm(months=3),
    "AFTERCARE": Rhythm(months=9, count=2),
}


def next_due(rhythm: Rhythm, starts_on: date, seen: Sequence[date], workdays: Workdays) -> date | None:
    """When somebody must be seen next, after the days in `seen`; None when the quota is met."""
    seen = sorted(day for day in seen if day >= starts_on)
    if rhythm.count:
        if len(seen) >= rhythm.count:
            return None
        last = seen[-1] if seen else starts_on - DAY
        rest = (rhythm.after(starts_on) - DAY - last).days
        due = last + timedelta(days=-(-rest // (rhythm.count - len(seen))))
    else:
        last = seen[-1] if seen else starts_on - DAY
        due = rhythm.after(seen[-1] if seen else starts_on)
    return _earlier(due, max(last, starts_on - DAY), workdays) if rhythm.shifts else due


def _earlier(due: date, last: date, workdays: Workdays) -> date:
    day = workdays.at_or_before(due)
    return day if day > last else workdays.at_or_after(due)


def standing(due: date | None, today: date) -> Standing:
    """How a due date stands on `today`."""
    if due is None:
        return Standing.DONE
    if due < today:
        return Standing.OVERDUE
    if due == today:
        return Standing.TODAY
    return Standing.THIS_WEEK if due <= today + timedelta(days=7) else Standing.LATER
