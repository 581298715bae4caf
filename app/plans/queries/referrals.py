"""Read referrals. Every list is scoped to who asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.access.identity import Identity
from app.core.errors import NotFound
from app.core.keys import LARGEST_KEY
from app.households.models import Household
from app.households.queries import visible_to
from app.plans.models import Referral
from app.plans.rules import ReferralState

MOST_LISTED = 300


@dataclass(frozen=True, slots=True)
class ReferralFilter:
    """Which referrals are wanted; `late_on` narrows to those whose answer should have come before that day."""

    state: ReferralState | None = None
    late_on: date | None = None


def get_referral(session: Session, who: Identity, referral_id: int) -> Referral:
    """One referral of a visible household, or NotFound."""
    if referral_id > LARGEST_KEY:
        raise NotFound
    statement = (
        select(Referral)
        .join(Household, Household.id == Referral.household_id)
        .where(Referral.id == referral_id, visible_to(who))
        .options(joinedload(Referral.household), joinedload(Referral.member), joinedload(Referral.by))
    )
    row = session.scalars(statement).first()
    if row is None:
        raise NotFound
    return row


def list_referrals(session: Session, who: Identity, wanted: ReferralFilter = ReferralFilter()) -> Sequence[Referral]:
    """Referrals of the scope: those that wait first, the longest due first."""
    statement = (
        select(Referral)
        .join(Household, Household.id == Referral.household_id)
        .where(visible_to(who))
        .options(
            joinedload(Referral.household),
            joinedload(Referral.member),
            joinedload(Referral.provider),
            joinedload(Referral.consent),
        )
        .order_by(Referral.state != ReferralState.SENT, Referral.reply_due_on.asc(), Referral.id.desc())
        .limit(MOST_LISTED)
    )
    if wanted.late_on is not None:
        statement = statement.where(Referral.state == ReferralState.SENT, Referral.reply_due_on < wanted.late_on)
    if wanted.state is not None:
        statement = statement.where(Referral.state == wanted.state)
    return session.scalars(statement).all()


def referrals_of(session: Session, household_id: int) -> Sequence[Referral]:
    """Every referral of a household, the newest first. Its page has asked whether it may be seen."""
    statement = (
        select(Referral)
        .where(Referral.household_id == household_id)
        .options(
            joinedload(Referral.member),
            joinedload(Referral.provider),
            joinedload(Referral.by),
            joinedload(Referral.consent),
        )
        .order_by(Referral.id.desc())
    )
    return session.scalars(statement).all()


def waiting_of(session: Session, household_id: int) -> Sequence[Referral]:
    """Referrals of a household whose answer has not come, the earliest sent first."""
    statement = (
        select(Referral)
        .where(Referral.household_id == household_id, Referral.state == ReferralState.SENT)
        .options(joinedload(Referral.provider))
        .order_by(Referral.sent_on, Referral.id)
    )
    return session.scalars(statement).all()
