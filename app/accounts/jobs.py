"""What the timetable calls."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.accounts import service


def forget_sessions(session: Session, now: datetime) -> int:
    """Drop sessions nobody has touched for 90 days, which all are over. Returns how many."""
    return service.forget_old_sessions(session, now=now)


def forget_failures(session: Session, now: datetime) -> int:
    """Drop wrong passwords that no longer count. Returns how many."""
    return service.forget_old_failures(session, now=now)
