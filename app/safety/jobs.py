"""What the timetable calls."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.safety import service


def tell_late_protection(session: Session, now: datetime) -> int:
    """Tell the supervisors once of each restricted task that nobody reported in time. Returns how many were told."""
    return service.tell_late(session, now=now)


def watch_outings(session: Session, now: datetime) -> int:
    """Raise each step of the alarm of whoever did not come back on time. Returns how many were raised."""
    return service.raise_due_alarms(session, now=now)
