"""Visits in calendars: the nurse goes tomorrow at ten until a test says otherwise."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from app.access.identity import Identity
from app.core.database import new_id
from app.follow_ups.rules import Purpose
from app.households.models import Household
from app.visits import service
from app.visits.models import PlannedVisit
from app.visits.rules import PlanDetails, Slot
from sqlalchemy.orm import Session
from tests.moments import NOW, day

TOMORROW = day(1)


class Everything(frozenset[str]):
    """Overrules every warning."""

    def __contains__(self, _key: object) -> bool:
        return True


def slot_for(actor: Identity, on: date = TOMORROW, at: time | None = time(10), **more: Any) -> Slot:
    """An hour of the actor's own, or of `assignee_id`."""
    return Slot(on, at, more.pop("assignee_id", actor.account_id), **more)


def plan(
    session: Session, household: Household, actor: Identity, on: date = TOMORROW, at: time | None = time(10), *,
    planned_id: UUID | None = None, purpose: Purpose = Purpose.NURSING, note: str = "", now: datetime = NOW,
    warned: bool = False, **more: Any,
) -> PlannedVisit:  # fmt: skip
    """A visit in somebody's calendar. With `warned` a warning stops it, as it would a person."""
    details = PlanDetails(planned_id or new_id(), slot_for(actor, on, at, **more), purpose, note)
    confirmed = frozenset[str]() if warned else Everything()
    return service.plan_visit(session, household, details, confirmed=confirmed, actor=actor, now=now)
