"""Read conferences. Every look-up by a URL is scoped: whose centre it is, or whose household is on its agenda."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.access.identity import Identity
from app.accounts.models import Account
from app.cases.models import Case
from app.conferences.models import AgendaItem, Conference
from app.conferences.rules import ConferenceKind, State
from app.core.errors import NotFound
from app.core.keys import LARGEST_KEY
from app.households.models import Household
from app.households.queries import visible_to

MOST_OPEN = 100
"""More unconfirmed conferences than a 시군구 has at once."""


def get_conference(session: Session, who: Identity, conference_id: int) -> Conference:
    """One conference with its agenda, of one's centre or with one's household on it, or NotFound."""
    if conference_id > LARGEST_KEY:
        raise NotFound
    wanted = _whole().where(Conference.id == conference_id, _visible(who))
    row: Conference | None = session.scalars(wanted).first()
    if row is None:
        raise NotFound
    return row


def shown_items(who: Identity, conference: Conference) -> list[AgendaItem]:
    """The items of an agenda whose household somebody may see, in their order; the others do not exist for them."""
    return [item for item in conference.agenda if item.centre_id in who.centre_ids]


def state_of(conference: Conference, *, today: date) -> State:
    """How far a conference is on a day."""
    if conference.confirmed_at is not None:
        return State.CONFIRMED
    return State.COMING if conference.held_on > today else State.MINUTES


def list_open(
    session: Session, who: Identity, *, centre_id: int | None = None, kind: ConferenceKind | None = None
) -> Sequence[Conference]:
    """Conferences of one's scope whose minutes are not confirmed, the earliest first."""
    statement = _listed(who, centre_id, kind).where(Conference.confirmed_at.is_(None))
    return session.scalars(statement.order_by(Conference.held_on, Conference.id).limit(MOST_OPEN)).all()


def list_confirmed(
    session: Session, who: Identity, *, centre_id: int | None = None, kind: ConferenceKind | None = None,
    after: int | None = None, limit: int = 20,
) -> Sequence[Conference]:  # fmt: skip
    """Confirmed ones of one's scope, the newest row first; one more than `limit` when there is a next page."""
    statement = _listed(who, centre_id, kind).where(Conference.confirmed_at.is_not(None))
    if after is not None:
        statement = statement.where(Conference.id < after)
    return session.scalars(statement.order_by(Conference.id.desc()).limit(limit + 1)).all()


def list_items_of(session: Session, case_id: int) -> Sequence[AgendaItem]:
    """When a case was or will be before a conference, the newest first. Its page has asked whether it may be seen."""
    statement = (
        select(AgendaItem)
        .join(Conference, Conference.id == AgendaItem.conference_id)
        .where(AgendaItem.case_id == case_id)
        .options(joinedload(AgendaItem.conference))
        .order_by(Conference.held_on.desc(), AgendaItem.id.desc())
    )
    return session.scalars(statement).all()


def newest_item(session: Session, household_id: int) -> AgendaItem | None:
    """The newest agenda item about any case of a household; None when there is none."""
    statement = (
        select(AgendaItem)
        .join(Conference, Conference.id == AgendaItem.conference_id)
        .join(Case, Case.id == AgendaItem.case_id)
        .where(Case.household_id == household_id)
        .options(joinedload(AgendaItem.conference))
        .order_by(Conference.held_on.desc(), AgendaItem.id.desc())
        .limit(1)
    )
    return session.scalars(statement).first()


def next_of(session: Session, conference: Conference) -> Conference | None:
    """The next unconfirmed conference of the same centre and kind; None when none is planned."""
    statement = (
        select(Conference)
        .where(
            Conference.centre_id == conference.centre_id, Conference.kind == conference.kind,
            Conference.confirmed_at.is_(None), Conference.held_on >= conference.held_on, Conference.id != conference.id,
        )
        .order_by(Conference.held_on, Conference.id)
        .limit(1)
    )  # fmt: skip
    return session.scalars(statement).first()


def list_staff(session: Session, *, centre_id: int, district_id: int, also: Sequence[int] = ()) -> Sequence[Account]:
    """Who may be ticked as present: working people of the centre and of the 시군구, and `also` those ticked before."""
    of_district = (Account.centre_id.is_(None)) & (Account.district_id == district_id) & (Account.role == "DISTRICT")
    working = Account.disabled_at.is_(None) & or_(Account.centre_id == centre_id, of_district)
    statement = select(Account).where(or_(working, Account.id.in_(also)))
    return session.scalars(statement.order_by(Account.role.desc(), Account.name, Account.id)).all()


def _listed(who: Identity, centre_id: int | None, kind: ConferenceKind | None) -> Select[Conference]:
    statement = _whole().where(_visible(who))
    if centre_id is not None:
        statement = statement.where(Conference.centre_id == centre_id)
    return statement if kind is None else statement.where(Conference.kind == kind)


def _visible(who: Identity) -> ColumnElement[bool]:
    with_ours = (
        select(AgendaItem.conference_id)
        .join(Case, Case.id == AgendaItem.case_id)
        .join(Household, Household.id == Case.household_id)
        .where(visible_to(who))
    )
    return or_(Conference.centre_id.in_(who.centre_ids), Conference.id.in_(with_ours))


def _whole() -> Select[Conference]:
    case = selectinload(Conference.agenda).joinedload(AgendaItem.case)
    return select(Conference).options(
        joinedload(Conference.centre), joinedload(Conference.by).lazyload("*"),
        joinedload(Conference.confirmed_by).lazyload("*"), case.joinedload(Case.household).joinedload(Household.centre),
        case.joinedload(Case.keeper).lazyload("*"),
    )  # fmt: skip
