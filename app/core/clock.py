"""The only place that reads the time. Everything below the edge is given `now` and `today`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

KOREA = ZoneInfo("Asia/Seoul")


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def korean_date(moment: datetime) -> date:
    """The calendar date in Korea at an aware `moment`: 00:30 in Seoul belongs to the new day."""
    return moment.astimezone(KOREA).date()


def korean_time(moment: datetime) -> datetime:
    """The same moment, read on a clock in Korea."""
    return moment.astimezone(KOREA)


def today() -> date:
    """Today's date in Korea."""
    return korean_date(now())
