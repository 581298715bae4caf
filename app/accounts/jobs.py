"""What the timetable calls."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.accounts import service


def forget_failures(session: Session, now: datetime) -> int:
    """Drop wrong passwords that no longer count. Returns how many."""
    return service.forget_old_failures(session, now=now)
