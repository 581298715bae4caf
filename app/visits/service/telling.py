"""Tell the slices below what a record of a visit means to them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit import service as audit
from app.audit.rules import Action
from app.care.service import Occasion
from app.follow_ups.rules import ContactMode
from app.follow_ups.service import ContactDetails
from app.visits.models import Visit
from app.visits.rules import AbsenceDetails, VisitDetails


def contact_of(contact_id: UUID, details: VisitDetails) -> ContactDetails:
    """The contact that a visit was."""
    return ContactDetails(
        contact_id, details.occurred_on, details.mode, details.purpose, details.members_seen,
        happened_at=details.began_at,
    )  # fmt: skip


def occasion_of(visit: Visit, details: VisitDetails) -> Occasion:
    """The visit as what was done, rated and checked on it hangs on it."""
    return Occasion(visit.id, details.occurred_on, details.members_seen, visit.by_id)


def absence_contacts(details: AbsenceDetails) -> list[ContactDetails]:
    """The contacts that an absence was: the vain try, and a word with neighbours where one was noted beside it."""
    modes = {details.visit_id: details.mode}
    if details.neighbour_asked.strip():
        modes[uuid5(details.visit_id, "neighbour")] = ContactMode.NEIGHBOUR
    return [
        ContactDetails(contact_id, details.occurred_on, mode, details.purpose, happened_at=details.at)
        for contact_id, mode in modes.items()
    ]


def record_access(session: Session, action: Action, visit: Visit, *, actor: Identity, now: datetime) -> None:
    """Write the access-log row of a visit, by its key alone."""
    session.flush()
    audit.record(session, action, subject=f"visit:{visit.id}", household_id=visit.household_id, actor=actor, now=now)
