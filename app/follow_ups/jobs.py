"""What the timetable calls."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.core.clock import korean_date
from app.follow_ups import service


def refresh_dues(session: Session, now: datetime) -> int:
    """Refresh every household whose stored answers time has made stale. Returns how many."""
    return service.refresh_stale(session, today=korean_date(now))
