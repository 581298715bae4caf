"""«연휴 전 방문 권장»: dues that a run of days off would swallow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.core.working_days import WorkingDays

ONE_DAY = timedelta(days=1)
LONG_BREAK_DAYS = 3


@dataclass(frozen=True, slots=True)
class LongBreak:
    """Three or more days off in a row."""

    first_on: date
    last_on: date
    name: str
    """Its holidays, e.g. «추석 연휴»."""
    visit_by: date
    """The last working day before it."""


def break_swallowing(due_on: date, *, today: date, working_days: WorkingDays) -> LongBreak | None:
    """The long break still ahead that `due_on` falls inside or right after; None if there is none.

    Raises MissingHolidayYear.
    """
    inside = due_on if not working_days.is_working(due_on) else due_on - ONE_DAY
    if working_days.is_working(inside):
        return None
    visit_by, back_on = working_days.on_or_before(inside), working_days.on_or_after(inside)
    first_on, last_on = visit_by + ONE_DAY, back_on - ONE_DAY
    if today > visit_by or (back_on - first_on).days < LONG_BREAK_DAYS:
        return None
    return LongBreak(first_on, last_on, "·".join(working_days.holidays_between(first_on, last_on)), visit_by)
