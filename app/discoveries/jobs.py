"""What the timetable calls."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.access.identity import Identity, Origin
from app.access.permissions import Role
from app.core.clock import korean_date
from app.core.database import unit_of_work
from app.discoveries import service
from app.discoveries.models import ImportedList
from app.discoveries.service import neighbours

FILES_KEPT = timedelta(days=1)


def return_due_items(session: Session, now: datetime) -> int:
    """Put whoever was to be looked at again back into the queue on their day. Returns how many."""
    return service.return_due(session, today=korean_date(now))


def forget_senders(session: Session, now: datetime) -> int:
    """Forget from where neighbours' reports came once a day has passed. Returns how many."""
    return neighbours.forget_senders(session, now=now)


def finish_lists(session: Session, now: datetime) -> int:
    """Take in the rest of every long list that nobody watches, a portion to a transaction. Returns how many rows."""
    return sum(_finish(session, imported, now) for imported in service.list_left(session))


def _finish(session: Session, imported: ImportedList, now: datetime) -> int:
    origin = Origin(device="outreach timetable", request_id=f"finish-lists-{imported.id}")
    actor = Identity(None, "자동 작업", Role.ADMIN, None, "", imported.district_id, frozenset(), origin)
    left = before = imported.rows_left
    while left:
        with unit_of_work(session):
            left = service.take_more(session, imported, actor=actor, now=now)
    return before


def forget_files(session: Session, now: datetime) -> int:
    """Forget files whose columns nobody named within a day. Returns how many."""
    return service.forget_incoming(session, before=now - FILES_KEPT)
