"""Days to tap for the next visit: what the engine proposes, a week before, a week after; none of them off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.core.working_days import MissingHolidayYear, WorkingDays

WEEK = timedelta(days=7)
ONE_DAY = timedelta(days=1)
WEEKS_AHEAD = (1, 2, 4)
"""What is offered where nothing is due."""


@dataclass(frozen=True, slots=True)
class NextDay:
    """A day somebody may be promised, and what it is: «제안», «1주 뒤»."""

    on: date
    words: str
    is_proposed: bool = False
    is_check: bool = False
    """Only where somebody was referred the same day: to hear what came of it."""


def day_to_check(*, today: date, working_days: WorkingDays) -> NextDay | None:
    """The next working day, to hear what came of a same-day referral; None in a year nobody has said."""
    on = _open_day(today + ONE_DAY, today, working_days)
    return NextDay(on, CHECK, is_check=True) if on else None


def next_days(proposed_on: date | None, *, today: date, working_days: WorkingDays) -> tuple[NextDay, ...]:
    """The days to offer, ascending and each once, all after `today` and all working days.

    A proposal that falls on a day off moves to the working day before it, so that it stays within its due; only where
    none is left before it, to the one after. A day of a year whose holidays nobody has said is not offered.
    """
    wanted = _around(proposed_on) if proposed_on else [(today + weeks * WEEK, f"{weeks}주 뒤") for weeks in WEEKS_AHEAD]
    found: dict[date, NextDay] = {}
    for on, words in wanted:
        day = _open_day(on, today, working_days) if on > today else None
        if day is not None:
            found.setdefault(day, NextDay(day, words, words == PROPOSED))
    return tuple(found[day] for day in sorted(found))


PROPOSED, CHECK = "제안", "진료 결과 확인"


def _around(proposed_on: date) -> list[tuple[date, str]]:
    """The proposal first: it keeps its name where the day beside it moves onto it."""
    return [(proposed_on, PROPOSED), (proposed_on - WEEK, "1주 앞"), (proposed_on + WEEK, "1주 뒤")]


def _open_day(on: date, today: date, working_days: WorkingDays) -> date | None:
    try:
        before = working_days.on_or_before(on)
        return before if before > today else working_days.on_or_after(on)
    except MissingHolidayYear:
        return None
