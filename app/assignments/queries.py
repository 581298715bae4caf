"""Read who is responsible for what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.access.identity import Identity
from app.access.permissions import Role
from app.accounts.models import Account
from app.accounts.queries import list_colleagues
from app.assignments.models import Assignment
from app.assignments.rules import Duty
from app.households.models import Household
from app.households.queries import visible_to
from app.households.rules import HouseholdStatus


@dataclass(frozen=True, slots=True)
class Load:
    """How many active households stand with one person; None as account means nobody."""

    account: Account | None
    duty: Duty
    households: int


def list_history(session: Session, household_id: int) -> Sequence[Assignment]:
    """Who was responsible for a household, newest first."""
    statement = (
        select(Assignment).where(Assignment.household_id == household_id).options(joinedload(Assignment.account))
    )
    return session.scalars(statement.order_by(Assignment.from_on.desc(), Assignment.id.desc())).all()


def list_loads(session: Session, who: Identity) -> list[Load]:
    """Every nurse's and worker's active households in scope, and those without anybody."""
    return [*_loads(session, who, Duty.NURSE), *_loads(session, who, Duty.WORKER)]


def _loads(session: Session, who: Identity, duty: Duty) -> list[Load]:
    column = Household.nurse_id if duty is Duty.NURSE else Household.worker_id
    roles = (Role.NURSE,) if duty is Duty.NURSE else (Role.WORKER, Role.SUPERVISOR)
    active = select(column, func.count()).where(visible_to(who), Household.status == HouseholdStatus.ACTIVE)
    counts = {row[0]: int(row[1]) for row in session.execute(active.group_by(column))}
    people = list_colleagues(session, who.centre_ids, *roles)
    loads = [Load(person, duty, counts.get(person.id, 0)) for person in people]
    return loads + ([Load(None, duty, counts[None])] if counts.get(None) else [])
