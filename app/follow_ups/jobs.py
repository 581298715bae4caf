"""What the timetable calls."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.core.clock import korean_date
from app.core.database import unit_of_work
from app.follow_ups import service

BATCH = 2000
"""Households to a transaction: a visit that is stored meanwhile waits for a second at most."""


def refresh_dues(session: Session, now: datetime) -> int:
    """Refresh every household whose stored answers are stale, a batch to a transaction. Returns how many."""
    refreshed = 0
    while done := _refresh_some(session, now):
        refreshed += done
    return refreshed


def _refresh_some(session: Session, now: datetime) -> int:
    with unit_of_work(session):
        return service.refresh_batch(session, today=korean_date(now), most=BATCH)
