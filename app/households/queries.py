"""Read households. Every list and every lookup is scoped to who asks; out of scope does not exist."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.access.identity import Identity
from app.core.errors import NotFound
from app.core.text import phone_digits, search_key
from app.households.models import Household, HouseholdChange, Member, RiskChange, SafetyFlag, SearchGram
from app.households.rules import HouseholdStatus, HouseholdType, Risk, Searchable, Wanted, is_found

MOST_FOUND = 50
MOST_CANDIDATES = 400


@dataclass(frozen=True, slots=True)
class HouseholdFilter:
    """What the list is narrowed to; empty fields do not narrow."""

    mine: bool = False
    status: HouseholdStatus | None = HouseholdStatus.ACTIVE
    risk: Risk | None = None
    household_type: HouseholdType | None = None
    centre_id: int | None = None
    assignee_id: int | None = None
    unassigned: bool = False
    flagged: bool = False
    not_seen_since: date | None = None


def visible_to(who: Identity) -> ColumnElement[bool]:
    """The scope in SQL: the twin of `policy.in_scope`, and the test suite proves that they agree."""
    return Household.centre_id.in_(who.centre_ids)


def get_household(session: Session, who: Identity, household_id: int) -> Household:
    """One household with members and standing flags in `who`'s scope, or NotFound."""
    statement = (
        select(Household)
        .where(Household.id == household_id, visible_to(who))
        .options(
            joinedload(Household.centre), joinedload(Household.worker), joinedload(Household.nurse),
            selectinload(Household.members), selectinload(Household.flags).joinedload(SafetyFlag.set_by),
        )
    )  # fmt: skip
    household = session.scalars(statement).unique().one_or_none()
    if household is None:
        raise NotFound
    return household


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
) -> Sequence[Household]:
    """A page of visible households by number, one more than `limit` when there is a next page."""
    statement = _narrowed(select(Household), who, wanted).order_by(Household.id).limit(limit + 1)
    if after is not None:
        statement = statement.where(Household.id > after)
    options = (
        joinedload(Household.centre), joinedload(Household.worker), joinedload(Household.nurse),
        selectinload(Household.members), selectinload(Household.flags),
    )  # fmt: skip
    return session.scalars(statement.options(*options)).unique().all()


def count_households(session: Session, who: Identity, wanted: HouseholdFilter) -> int:
    """How many visible households a filter leaves."""
    return session.scalar(_narrowed(select(func.count(Household.id)), who, wanted)) or 0


def _narrowed(
    statement: Select[tuple[Household]] | Select[tuple[int]], who: Identity, wanted: HouseholdFilter
) -> Select:  # type: ignore[type-arg]
    tests = [visible_to(who)]
    if wanted.status:
        tests.append(Household.status == wanted.status)
    if wanted.risk:
        tests.append(Household.risk == wanted.risk)
    if wanted.household_type:
        tests.append(Household.household_type == wanted.household_type)
    if wanted.centre_id:
        tests.append(Household.centre_id == wanted.centre_id)
    if wanted.mine:
        tests.append(assigned_to(who.acting_for))
    if wanted.assignee_id:
        tests.append(assigned_to(frozenset({wanted.assignee_id})))
    if wanted.unassigned:
        tests.append(and_(Household.worker_id.is_(None), Household.nurse_id.is_(None)))
    if wanted.flagged:
        tests.append(Household.id.in_(select(SafetyFlag.household_id).where(SafetyFlag.ended_on.is_(None))))
    if wanted.not_seen_since:
        tests.append(or_(Household.last_seen_on.is_(None), Household.last_seen_on < wanted.not_seen_since))
    return statement.where(*tests)


def search(session: Session, who: Identity, wanted: Wanted, *, limit: int = MOST_FOUND) -> list[Household]:
    """Visible households that match, closed ones included, at most `limit`; the same empty answer for «none» and «not yours»."""
    if wanted.is_empty:
        return []
    candidates = session.scalars(
        select(Household)
        .where(Household.id.in_(matching_ids(who, wanted, limit=MOST_CANDIDATES)))
        .options(joinedload(Household.centre), joinedload(Household.worker), joinedload(Household.nurse),
                 selectinload(Household.members), selectinload(Household.flags))
        .order_by(Household.status, Household.id)
    ).unique()  # fmt: skip
    return [household for household in candidates if is_found(wanted, searchable(household))][:limit]


def matching_ids(who: Identity, wanted: Wanted, *, limit: int) -> Select[tuple[int]]:
    """Ids of visible households that carry every gram: one index probe for each further gram."""
    first, *others = sorted(wanted.grams, key=len, reverse=True)
    statement = select(SearchGram.household_id).where(
        SearchGram.centre_id.in_(who.centre_ids), SearchGram.gram == first
    )
    for gram in others:
        other = select(SearchGram.household_id).where(SearchGram.centre_id.in_(who.centre_ids), SearchGram.gram == gram)
        statement = statement.where(SearchGram.household_id.in_(other))
    return statement.limit(limit)


def searchable(household: Household) -> Searchable:
    """What may be searched of a household."""
    members = household.members
    phones = (household.phone, *(member.phone for member in members))
    years = (member.birth_on.year if member.birth_on else member.birth_year for member in members)
    return Searchable(
        number=household.number,
        names=tuple(member.name for member in members),
        birth_years=tuple(year for year in years if year),
        phones=tuple(phone for phone in phones if phone),
        addresses=tuple(text for text in (household.road_address, household.lot_address) if text),
        unit=household.unit,
    )


def find_similar(
    session: Session,
    centre_ids: frozenset[int],
    *,
    name: str,
    birth_on: date | None,
    phone: str,
    road_address: str,
) -> list[Household]:
    """Households a new one may be a second copy of: same name and birth date, same phone, or same name and street."""
    digits, key = phone_digits(phone) or "", search_key(name)
    tests = [and_(Member.name == name, Member.birth_on == birth_on)] if birth_on else []
    if digits:
        tests += [Member.phone == digits, Household.phone == digits]
    if key and road_address:
        tests.append(and_(Member.name == name, Household.road_address == road_address))
    if not tests:
        return []
    statement = (
        select(Household).join(Member).where(Household.centre_id.in_(centre_ids), or_(*tests)).distinct().limit(10)
    )
    return list(session.scalars(statement.options(selectinload(Household.members), selectinload(Household.flags))))


def list_risk_changes(session: Session, household_id: int) -> Sequence[RiskChange]:
    """Every judgement of risk, newest first."""
    statement = select(RiskChange).where(RiskChange.household_id == household_id).options(joinedload(RiskChange.by))
    return session.scalars(statement.order_by(RiskChange.id.desc())).all()


def list_changes(session: Session, household_id: int, *, limit: int = 200) -> Sequence[HouseholdChange]:
    """Every edited field, newest first."""
    statement = select(HouseholdChange).where(HouseholdChange.household_id == household_id)
    return session.scalars(
        statement.options(joinedload(HouseholdChange.by)).order_by(HouseholdChange.id.desc()).limit(limit)
    ).all()
