"""Joint visits: whether a record has room for a colleague's note, who is asked for one, and whose visit may be the same."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.access.identity import Identity
from app.access.permissions import Role
from app.accounts.models import Account
from app.alerts.queries import list_subjects
from app.alerts.rules import AlertKind
from app.follow_ups.rules import ContactMode, Profession, Purpose
from app.households.models import Household
from app.households.queries import visible_to
from app.visits.models import Visit
from app.visits.queries.records import HAPPENED
from app.visits.rules import VisitState
from app.visits.rules.second_notes import IN_PERSON

ASKED_FOR = timedelta(days=14)
"""How long 오늘 goes on asking for a note."""
_SUBJECT = "visit:"


def profession_of(role: Role) -> Profession:
    """Whose note somebody writes."""
    return Profession.NURSE if role is Role.NURSE else Profession.WORKER


def second_profession(visit: Visit) -> Profession | None:
    """The profession of whoever joined the record; None when nobody did."""
    return None if visit.second_by is None else profession_of(visit.second_by.role)


def is_open_for(visit: Visit, role: Role) -> bool:
    """Whether the record has room for a note by somebody of this role: two people met somebody, one profession wrote."""
    stands = visit.state is VisitState.SUBMITTED and visit.voided_at is None and visit.mode in IN_PERSON
    if not stands or visit.second_by_id is not None or role not in (Role.NURSE, Role.WORKER):
        return False
    return profession_of(role) is not profession_of(visit.by.role)


def list_at_same_door(session: Session, household_id: int, *, on: date, besides: Identity) -> Sequence[Visit]:
    """What others recorded of having met this household in person that day, in the order it began."""
    statement = select(Visit).where(
        Visit.household_id == household_id, Visit.occurred_on == on, Visit.by_id != besides.account_id,
        Visit.state == VisitState.SUBMITTED, Visit.mode.in_(IN_PERSON), *HAPPENED,
    )  # fmt: skip
    return session.scalars(statement.options(joinedload(Visit.by)).order_by(Visit.began_at, Visit.id)).all()


def list_jointly_seen(session: Session, household_ids: Collection[int]) -> frozenset[int]:
    """Households whose last meeting face to face was a joint visit: it counted for nursing and for welfare."""
    if not household_ids:
        return frozenset()
    statement = (
        select(Visit.household_id)
        .join(Household, Household.id == Visit.household_id)
        .where(
            Visit.household_id.in_(household_ids), Visit.occurred_on == Household.last_seen_on,
            Visit.purpose == Purpose.JOINT, Visit.mode == ContactMode.FACE, *HAPPENED,
        )
    )  # fmt: skip
    return frozenset(session.scalars(statement))


def list_people(session: Session, account_ids: Collection[int]) -> Sequence[Account]:
    """The accounts with these ids by name, also those that are out of use."""
    if not account_ids:
        return []
    return session.scalars(select(Account).where(Account.id.in_(account_ids)).order_by(Account.name)).all()


class WantedNote(NamedTuple):
    """A visit one went along on and has written nothing about yet."""

    visit_id: UUID
    household_id: int
    title: str
    occurred_on: date
    began_at: datetime
    by_title: str


def list_wanted_notes(session: Session, who: Identity, *, now: datetime) -> list[WantedNote]:
    """The records of the last fourteen days that wait for this person's note, newest first."""
    subjects = list_subjects(session, who, AlertKind.SECOND_NOTE, since=now - ASKED_FOR)
    ids = [UUID(subject.removeprefix(_SUBJECT)) for subject in subjects]
    if not ids:
        return []
    statement = (
        select(Visit)
        .join(Household)
        .where(Visit.id.in_(ids), visible_to(who))
        .options(joinedload(Visit.by), joinedload(Visit.household))
        .order_by(Visit.began_at.desc(), Visit.id)
    )
    visits = (each for each in session.scalars(statement) if who.account_id in each.companion_ids)
    return [
        WantedNote(each.id, each.household_id, each.household.title, each.occurred_on, each.began_at, each.by.title)
        for each in visits
        if is_open_for(each, who.role)
    ]
