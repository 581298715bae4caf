"""Read who is responsible for what."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from app.access.identity import Identity
from app.access.permissions import Role
from app.accounts.models import Account, Cover
from app.accounts.queries import list_colleagues
from app.assignments.models import Assignment
from app.assignments.rules import Duty
from app.core.errors import NotFound
from app.core.keys import LARGEST_KEY
from app.households.models import Household
from app.households.queries import visible_to, with_line
from app.households.rules import LONG_UNSEEN_DAYS, HouseholdStatus, Risk

FITTING = {Duty.NURSE: (Role.NURSE,), Duty.WORKER: (Role.WORKER, Role.SUPERVISOR)}


@dataclass(frozen=True, slots=True)
class Load:
    """How many active households stand with one person; None as account means nobody."""

    account: Account | None
    duty: Duty
    households: int = 0
    high_risk: int = 0
    long_unseen: int = 0
    """Nobody there was met face to face for more than ninety days."""


def list_history(session: Session, household_id: int) -> Sequence[Assignment]:
    """Who was responsible for a household, newest first."""
    statement = (
        select(Assignment).where(Assignment.household_id == household_id).options(joinedload(Assignment.account))
    )
    return session.scalars(statement.order_by(Assignment.from_on.desc(), Assignment.id.desc())).all()


def list_loads(session: Session, who: Identity, *, today: date) -> list[Load]:
    """Those without anybody first, then every nurse's and worker's active households in scope.

    People who left but still hold households are among them: their households must not be overlooked.
    """
    loads = [*_loads(session, who, Duty.NURSE, today), *_loads(session, who, Duty.WORKER, today)]
    return sorted(loads, key=lambda load: load.account is not None)


def _loads(session: Session, who: Identity, duty: Duty, today: date) -> list[Load]:
    column = _holder(duty)
    unseen_since = today - timedelta(days=LONG_UNSEEN_DAYS)
    counted = (
        select(
            column,
            func.count(),
            func.count().filter(Household.risk == Risk.HIGH),
            func.count().filter(or_(Household.last_seen_on.is_(None), Household.last_seen_on < unseen_since)),
        )
        .where(*_active(who))
        .group_by(column)
    )
    counts = {row[0]: tuple(row[1:]) for row in session.execute(counted)}
    people = list_colleagues(session, who.centre_ids, *FITTING[duty])
    known = {person.id for person in people}
    gone = session.scalars(select(Account).where(Account.id.in_(set(counts) - known - {None})))
    nobody = [Load(None, duty, *counts[None])] if None in counts else []
    return nobody + [Load(person, duty, *counts.get(person.id, ())) for person in (*people, *gone)]


def list_held(session: Session, who: Identity, duty: Duty, account_id: int | None) -> Sequence[Household]:
    """Active households a person holds in one duty (None: nobody does), by address, so that neighbours stand together."""
    holder = _holder(duty)
    held = holder.is_(None) if account_id is None else holder == account_id
    statement = select(Household).where(*_active(who), held).options(*with_line())
    return session.scalars(statement.order_by(Household.road_address, Household.unit, Household.id)).unique().all()


def list_fitting(session: Session, who: Identity, duty: Duty) -> Sequence[Account]:
    """Working colleagues who may hold a duty."""
    return list_colleagues(session, who.centre_ids, *FITTING[duty])


def list_handed_over(session: Session, who: Identity, assignment_id: int) -> Sequence[Assignment]:
    """All assignments that were made together with this one; NotFound when it is out of scope.

    Raises:
        NotFound: no such assignment in scope.
    """
    one = session.get(Assignment, assignment_id) if assignment_id <= LARGEST_KEY else None
    if one is None:
        raise NotFound
    statement = (
        select(Assignment)
        .join(Household, Household.id == Assignment.household_id)
        .where(
            visible_to(who), Assignment.set_at == one.set_at, Assignment.set_by_id == one.set_by_id,
            Assignment.duty == one.duty, Assignment.account_id == one.account_id,
        )
        .options(joinedload(Assignment.account))
        .order_by(Assignment.id)
    )  # fmt: skip
    made = session.scalars(statement).all()
    if not made:
        raise NotFound
    return made


def list_by_ids(session: Session, who: Identity, household_ids: Collection[int]) -> Sequence[Household]:
    """Visible households with all that their lines show."""
    statement = select(Household).where(visible_to(who), Household.id.in_(household_ids)).options(*with_line())
    return session.scalars(statement.order_by(Household.road_address, Household.unit, Household.id)).unique().all()


def get_cover(session: Session, who: Identity, cover_id: int) -> Cover:
    """A cover of somebody in scope, or NotFound."""
    cover = session.get(Cover, cover_id) if cover_id <= LARGEST_KEY else None
    if cover is None or cover.absent.centre_id not in who.centre_ids:
        raise NotFound
    return cover


def _holder(duty: Duty) -> InstrumentedAttribute[int | None]:
    return Household.nurse_id if duty is Duty.NURSE else Household.worker_id


def _active(who: Identity) -> tuple[ColumnElement[bool], Any]:
    return visible_to(who), Household.status == HouseholdStatus.ACTIVE
