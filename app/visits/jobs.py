"""What the timetable calls."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.visits import service

DRAFTS_KEPT = timedelta(days=30)


def forget_drafts(session: Session, now: datetime) -> int:
    """Drop drafts nobody has touched for 30 days. Returns how many."""
    return service.forget_old_drafts(session, before=now - DRAFTS_KEPT)
