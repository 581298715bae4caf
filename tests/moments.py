"""The moment in which every test lives: Monday 23 November 2026, ten in the morning in Seoul."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from app.core.clock import KOREA

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=KOREA).astimezone(UTC)
TODAY = date(2026, 11, 23)


def day(offset: int) -> date:
    """The date so many days after today; negative for days past."""
    return TODAY + timedelta(days=offset)


def at(on: date, hour: int, minute: int = 0) -> datetime:
    """A moment as the clock in Korea shows it, in UTC."""
    return datetime.combine(on, time(hour, minute), KOREA).astimezone(UTC)
