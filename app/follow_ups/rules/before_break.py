"""Which long break comes next: whoever lives alone at high risk is better seen before it."""

from __future__ import annotations

from datetime import date, timedelta

from app.core.working_days import WorkingDays
from app.follow_ups.rules.breaks import LongBreak, break_swallowing

NOTICE_DAYS = 10
"""So many days before a long break begins it is announced."""
FARTHEST_DAYS = 370
"""A year without a long break does not exist."""


def next_long_break(today: date, working_days: WorkingDays, *, within_days: int = FARTHEST_DAYS) -> LongBreak | None:
    """The next run of three or more days off that begins within so many days and has not begun; None if there is none.

    Raises MissingHolidayYear.
    """
    days = (today + timedelta(days=number) for number in range(1, within_days + 1))
    return next(
        (found for day in days if (found := break_swallowing(day, today=today, working_days=working_days))), None
    )
