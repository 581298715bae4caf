"""Read a centre's phone tree."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.access.identity import Identity
from app.core.errors import NotFound
from app.core.keys import LARGEST_KEY
from app.safety.models import DutyContact


def list_duty_contacts(session: Session, centre_id: int) -> Sequence[DutyContact]:
    """Who is called when somebody does not come back, in the order of calling; those taken out are not in it."""
    statement = select(DutyContact).where(DutyContact.centre_id == centre_id, DutyContact.ended_at.is_(None))
    named = statement.options(joinedload(DutyContact.account)).order_by(DutyContact.position, DutyContact.id)
    return session.scalars(named).all()


def get_duty_contact(session: Session, who: Identity, contact_id: int) -> DutyContact:
    """One line of a phone tree in one's scope, taken out or not, or NotFound."""
    found = session.get(DutyContact, contact_id) if contact_id <= LARGEST_KEY else None
    if found is None or found.centre_id not in who.centre_ids:
        raise NotFound
    return found
