"""The words of protection. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.core.labelled import Labelled

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)


class ProtectionKind(Labelled):
    """What opens a restricted task that must be dealt with at once."""

    CHILD_ABUSE = "CHILD_ABUSE", "아동학대 의심"
    ELDER_ABUSE = "ELDER_ABUSE", "노인학대 의심"
    DISABILITY_ABUSE = "DISABILITY_ABUSE", "장애인학대 의심"
    SUICIDE_RISK = "SUICIDE_RISK", "자살 위험"


def open_for(opened_at: datetime, until: datetime) -> str:
    """How long a task has been open: «25분», «3시간», «2일 4시간»; never less than nothing."""
    past = max(until - opened_at, timedelta())
    if past < _HOUR:
        return f"{past // timedelta(minutes=1)}분"
    if past < _DAY:
        return f"{past // _HOUR}시간"
    hours = past % _DAY // _HOUR
    return f"{past // _DAY}일" + (f" {hours}시간" if hours else "")


def is_late(*, reported_at: datetime | None, closed_at: datetime | None, due_at: datetime, now: datetime) -> bool:
    """Whether nothing was reported by the hour it was due."""
    return closed_at is None and reported_at is None and now > due_at
