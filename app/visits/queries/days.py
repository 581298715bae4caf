"""Records by day, for paper: of a centre, or of a household's period."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.access.identity import Identity
from app.households.models import Household
from app.households.queries import visible_to
from app.visits.models import Visit, VisitMember, VitalReading

MOST_AT_ONCE = 60
"""Records that go into one file."""


def list_visits_of_day(
    session: Session, who: Identity, *, centre_id: int, on: date, people: Collection[int] | None = None
) -> Sequence[Visit]:
    """A centre's records of a day in its order, of everybody or of these accounts; at most 60, the earliest."""
    statement = _records(who).where(Household.centre_id == centre_id, Visit.occurred_on == on)
    if people is not None:
        statement = statement.where(Visit.by_id.in_(people) | Visit.second_by_id.in_(people))
    return session.scalars(statement.order_by(Visit.began_at, Visit.id).limit(MOST_AT_ONCE)).unique().all()


def list_visits_of_period(
    session: Session, who: Identity, household: Household, *, first_on: date, last_on: date
) -> Sequence[Visit]:
    """A household's records from one day to another, both included; at most 60, the newest."""
    statement = _records(who).where(
        Visit.household_id == household.id, Visit.occurred_on >= first_on, Visit.occurred_on <= last_on
    )
    return session.scalars(statement.order_by(Visit.began_at.desc(), Visit.id).limit(MOST_AT_ONCE)).unique().all()


def _records(who: Identity) -> Select[Any]:
    return (
        select(Visit)
        .join(Household)
        .where(visible_to(who))
        .options(
            joinedload(Visit.by),
            joinedload(Visit.second_by),
            joinedload(Visit.household).selectinload(Household.members),
            selectinload(Visit.attendances).joinedload(VisitMember.member),
            selectinload(Visit.readings).joinedload(VitalReading.member),
        )
    )
