"""The consents of one person as the rule of referrals wants to see them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.consents.models import Consent
from app.consents.rules import ConsentKind
from app.core.text import search_key
from app.plans.rules import ConsentSeen


def consents_towards(
    session: Session, household_id: int, member_id: int | None, *, provider_id: int | None, receiver: str
) -> list[ConsentSeen]:
    """Every consent of a member, told whether it names this agency; without a member there is none.

    An agency is the same by its entry in the directory, or by its name however it is spaced.
    """
    if member_id is None:
        return []
    statement = select(Consent).where(Consent.household_id == household_id, Consent.member_id == member_id)
    return [
        _seen(row, provider_id, receiver) for row in session.scalars(statement.order_by(Consent.given_on, Consent.id))
    ]


def _seen(row: Consent, provider_id: int | None, receiver: str) -> ConsentSeen:
    by_entry = provider_id is not None and row.provider_id == provider_id
    by_name = bool(receiver.strip()) and search_key(row.receiver) == search_key(receiver)
    covers = row.kind is ConsentKind.THIRD_PARTY and (by_entry or by_name)
    return ConsentSeen(row.kind.value, covers, row.given_on, row.valid_until, row.withdrawn_on, row.id)
