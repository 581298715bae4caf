"""Tell the slices below what a record of a visit means to them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit import service as audit
from app.audit.rules import Action
from app.follow_ups.service import ContactDetails
from app.visits.models import Visit
from app.visits.rules import VisitDetails


def contact_of(contact_id: UUID, details: VisitDetails) -> ContactDetails:
    """The contact that a visit was."""
    return ContactDetails(
        contact_id, details.occurred_on, details.mode, details.purpose, details.members_seen,
        happened_at=details.began_at,
    )  # fmt: skip


def record_access(session: Session, action: Action, visit: Visit, *, actor: Identity, now: datetime) -> None:
    """Write the access-log row of a visit, by its key alone."""
    session.flush()
    audit.record(session, action, subject=f"visit:{visit.id}", household_id=visit.household_id, actor=actor, now=now)
