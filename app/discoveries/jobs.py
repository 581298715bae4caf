"""What the timetable calls."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.core.clock import korean_date
from app.discoveries import service
from app.discoveries.service import neighbours


def return_due_items(session: Session, now: datetime) -> int:
    """Put whoever was to be looked at again back into the queue on their day. Returns how many."""
    return service.return_due(session, today=korean_date(now))


def forget_senders(session: Session, now: datetime) -> int:
    """Forget from where neighbours' reports came once a day has passed. Returns how many."""
    return neighbours.forget_senders(session, now=now)
