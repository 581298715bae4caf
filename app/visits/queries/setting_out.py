"""Read what somebody who stands at a door had planned for it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.visits.models import PlannedVisit
from app.visits.rules import PlannedState


def find_plan_of(session: Session, household_id: int, account_id: int, *, on: date) -> PlannedVisit | None:
    """The visit this person means to make there on a day, alone or along with somebody; the earliest of several."""
    statement = select(PlannedVisit).where(
        PlannedVisit.household_id == household_id,
        PlannedVisit.planned_on == on,
        PlannedVisit.state == PlannedState.PLANNED,
        (PlannedVisit.assignee_id == account_id) | (PlannedVisit.companion_id == account_id),
    )
    return session.scalars(statement.order_by(PlannedVisit.planned_at, PlannedVisit.id).limit(1)).first()
