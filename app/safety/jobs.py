"""What the timetable calls."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.safety import service


def watch_outings(session: Session, now: datetime) -> int:
    """Raise each step of the alarm of whoever did not come back on time. Returns how many were raised."""
    return service.raise_due_alarms(session, now=now)
