"""Read first counselling."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.access.identity import Identity
from app.cases.models import Case, Counselling
from app.core.errors import NotFound
from app.households.models import Household
from app.households.queries import visible_to


def counselling_of(session: Session, case: Case) -> Sequence[Counselling]:
    """The counselling that belongs to a case, the newest first."""
    statement = (
        select(Counselling)
        .where(Counselling.case_id == case.id)
        .options(joinedload(Counselling.by))
        .order_by(Counselling.counselled_on.desc(), Counselling.at.desc())
    )
    return session.scalars(statement).all()


def list_counselling(session: Session, household_id: int) -> Sequence[Counselling]:
    """Every counselling of a household, the newest first."""
    statement = (
        select(Counselling)
        .where(Counselling.household_id == household_id)
        .options(joinedload(Counselling.by))
        .order_by(Counselling.counselled_on.desc(), Counselling.at.desc())
    )
    return session.scalars(statement).all()


def get_counselling(session: Session, who: Identity, counselling_id: UUID) -> Counselling:
    """One counselling of a visible household, or NotFound."""
    statement = (
        select(Counselling)
        .join(Household, Household.id == Counselling.household_id)
        .where(Counselling.id == counselling_id, visible_to(who))
    )
    row = session.scalars(statement).first()
    if row is None:
        raise NotFound
    return row
