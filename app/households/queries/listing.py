"""One household, and the list of them narrowed, paged and counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload, lazyload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from app.access.identity import Identity
from app.access.permissions import Role
from app.accounts.models import Account
from app.core.database import fetch
from app.core.errors import NotFound
from app.core.keys import LARGEST_KEY
from app.households.models import Household, Member, SafetyFlag
from app.households.queries.listed import LISTED, ListedHousehold, complete, with_flags
from app.households.rules import HouseholdStatus, HouseholdType, Risk


@dataclass(frozen=True, slots=True)
class HouseholdFilter:
    """What the list is narrowed to; empty fields do not narrow."""

    mine: bool = False
    status: HouseholdStatus | None = HouseholdStatus.ACTIVE
    risk: Risk | None = None
    household_type: HouseholdType | None = None
    centre_id: int | None = None
    assignee_id: int | None = None
    without_worker: bool = False
    without_nurse: bool = False
    flagged: bool = False
    not_seen_since: date | None = None


def visible_to(who: Identity) -> ColumnElement[bool]:
    """The scope in SQL: the twin of `policy.in_scope`, and the test suite proves that they agree."""
    return Household.centre_id.in_(who.centre_ids)


def with_line() -> tuple[Any, ...]:
    """Loader options that bring all a household's line shows, in a fixed number of statements."""
    return (
        joinedload(Household.centre), _named_only(Household.worker), _named_only(Household.nurse),
        selectinload(Household.members), selectinload(Household.flags),
    )  # fmt: skip


def _named_only(person: InstrumentedAttribute[Account | None]) -> Any:
    """The worker or nurse without the places they work at, which would be four tables more."""
    return joinedload(person).options(lazyload(Account.centre), lazyload(Account.district))


_ONE = (
    select(Household)
    .where(
        Household.id == bindparam("household_id"), Household.centre_id.in_(bindparam("centre_ids", expanding=True))
    )
    .options(
        joinedload(Household.centre), _named_only(Household.worker), _named_only(Household.nurse),
    )
)  # fmt: skip
_MEMBERS_OF_ONE = (
    select(Member)
    .where(Member.household_id == bindparam("household_id"))
    .order_by(Member.position, Member.id)
)  # fmt: skip
_FLAGS_OF_ONE = (
    select(SafetyFlag)
    .where(SafetyFlag.household_id == bindparam("household_id"))
    .order_by(SafetyFlag.id.desc())
    .options(_named_only(SafetyFlag.set_by))
)


def get_household(session: Session, who: Identity, household_id: int) -> Household:
    """One household with members and standing flags in `who`'s scope, or NotFound."""
    if household_id > LARGEST_KEY:
        raise NotFound
    bound = {"household_id": household_id, "centre_ids": who.centre_ids}
    household = session.scalars(_ONE, bound).unique().one_or_none()
    if household is None:
        raise NotFound
    # As `selectinload` would, in two thirds of the time: that one is built anew whenever it runs.
    set_committed_value(household, "members", list(session.scalars(_MEMBERS_OF_ONE, bound)))
    set_committed_value(household, "flags", list(session.scalars(_FLAGS_OF_ONE, bound)))
    return household


def find_by_number(session: Session, who: Identity, number: str) -> Household:
    """One visible household by its number (가람-0127), or NotFound."""
    household_id = session.scalar(select(Household.id).where(Household.number == number, visible_to(who)))
    return get_household(session, who, household_id or 0)


def get_member(session: Session, who: Identity, household_id: int, member_id: int) -> Member:
    """One member of a visible household, or NotFound."""
    household = get_household(session, who, household_id)
    member = next((member for member in household.members if member.id == member_id), None)
    if member is None:
        raise NotFound
    return member


def get_flag(session: Session, who: Identity, household_id: int, flag_id: int) -> SafetyFlag:
    """One safety flag of a visible household, or NotFound."""
    household = get_household(session, who, household_id)
    flag = next((flag for flag in household.flags if flag.id == flag_id), None)
    if flag is None:
        raise NotFound
    return flag


def assigned_to(account_ids: frozenset[int]) -> ColumnElement[bool]:
    """Households these people are responsible for, as worker or as nurse."""
    return or_(Household.worker_id.in_(account_ids), Household.nurse_id.in_(account_ids))


def list_households(
    session: Session, who: Identity, wanted: HouseholdFilter, *, after: int | None = None, limit: int = 50
) -> list[ListedHousehold]:
    """A page of visible households by number, one more than `limit` when there is a next page."""
    statement = _narrowed(LISTED, who, wanted).order_by(Household.id).limit(limit + 1)
    if after is not None:
        statement = statement.where(Household.id > after)
    return with_flags(session, complete(session, fetch(session, statement, {})))


def count_households(session: Session, who: Identity, wanted: HouseholdFilter) -> int:
    """How many visible households a filter leaves."""
    return count_each(session, who, [wanted])[0]


_MINE = select(func.count(Household.id)).where(
    Household.centre_id.in_(bindparam("centre_ids", expanding=True)),
    Household.status == HouseholdStatus.ACTIVE,
    or_(
        Household.worker_id.in_(bindparam("holders", expanding=True)),
        Household.nurse_id.in_(bindparam("holders", expanding=True)),
    ),
)


def count_mine(session: Session, who: Identity) -> int:
    """How many active households `who` is responsible for, those covered today among them."""
    return int(fetch(session, _MINE, {"centre_ids": who.centre_ids, "holders": who.acting_for})[0][0])


def count_each(session: Session, who: Identity, filters: Sequence[HouseholdFilter]) -> list[int]:
    """How many visible households each filter leaves, in one statement."""
    counts = [_narrowed(select(func.count(Household.id)), who, wanted).scalar_subquery() for wanted in filters]
    return [int(count or 0) for count in session.execute(select(*counts)).one()]


def _narrowed(statement: Select[Any], who: Identity, wanted: HouseholdFilter) -> Select[Any]:
    return statement.where(visible_to(who), *_equal_tests(wanted), *_other_tests(who, wanted))


def _equal_tests(wanted: HouseholdFilter) -> list[ColumnElement[bool]]:
    pairs = (
        (Household.status, wanted.status), (Household.risk, wanted.risk),
        (Household.household_type, wanted.household_type), (Household.centre_id, wanted.centre_id),
    )  # fmt: skip
    return [column == value for column, value in pairs if value is not None]


def _other_tests(who: Identity, wanted: HouseholdFilter) -> list[ColumnElement[bool]]:
    tests = []
    if wanted.mine:
        tests.append(assigned_to(who.acting_for))
    if wanted.assignee_id is not None:
        tests.append(assigned_to(frozenset({wanted.assignee_id})))
    if wanted.without_worker:
        tests.append(Household.worker_id.is_(None))
    if wanted.without_nurse:
        tests.append(Household.nurse_id.is_(None))
    if wanted.flagged:
        tests.append(Household.id.in_(select(SafetyFlag.household_id).where(SafetyFlag.ended_on.is_(None))))
    if wanted.not_seen_since is not None:
        tests.append(or_(Household.last_seen_on.is_(None), Household.last_seen_on < wanted.not_seen_since))
    return tests


def list_responsible(session: Session, who: Identity) -> Sequence[Account]:
    """Who may be responsible for a visible household, and who still is although they left; by centre, role and name."""
    visible = visible_to(who)
    holders = select(Household.worker_id).where(visible).union(select(Household.nurse_id).where(visible))
    working = Account.centre_id.in_(who.centre_ids) & Account.disabled_at.is_(None)
    fitting = Account.role.in_((Role.WORKER, Role.NURSE, Role.SUPERVISOR))
    statement = select(Account).where(fitting, or_(working, Account.id.in_(holders.subquery().select())))
    return session.scalars(statement.order_by(Account.centre_id, Account.role, Account.name)).unique().all()
