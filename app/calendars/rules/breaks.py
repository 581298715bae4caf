"""«연휴 전 방문 권장»: who comes first among those to be seen before a long break. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.follow_ups.rules import LongBreak


def length_of(coming: LongBreak) -> int:
    """How many days a break has, both ends counted."""
    return (coming.last_on - coming.first_on).days + 1


def planned_before(coming: LongBreak, planned_on: Iterable[date], *, today: date) -> date | None:
    """The first day, from today to the last working day before the break, for which a visit is planned; or None."""
    return min((day for day in planned_on if today <= day < coming.first_on), default=None)


def urgency(planned: date | None, earliest_due: date, last_seen_on: date | None) -> tuple[bool, date, date]:
    """Sort key: nobody has planned a visit, then the earliest due, then the longest unseen."""
    return planned is not None, earliest_due, last_seen_on or date.min
