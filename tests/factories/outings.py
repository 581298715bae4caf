"""Outings of the town: somebody at a door since an hour, back in an hour."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from app.access.identity import Identity
from app.core.database import new_id
from app.households.models import Household
from app.safety import service
from app.safety.models import Outing
from app.safety.rules import CheckIn
from sqlalchemy.orm import Session
from tests.moments import NOW


def check_in_of(started_at: datetime = NOW, *, minutes: int = 60, **more: Any) -> CheckIn:
    """The stamp at the door, with the planned end so many minutes later."""
    return CheckIn(more.pop("outing_id", None) or new_id(), started_at, started_at + timedelta(minutes=minutes), **more)


def go_out(session: Session, household: Household, actor: Identity, *, now: datetime = NOW, **more: Any) -> Outing:
    """Somebody who stamped at the door."""
    return service.check_in(session, household, check_in_of(now, **more), actor=actor, now=now)
