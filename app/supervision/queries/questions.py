"""Read records as the rules of questions see them, and the questions that were asked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, or_, select
from sqlalchemy.orm import Session, joinedload

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.accounts.models import Account
from app.core.database import fetch
from app.core.errors import NotFound
from app.core.keys import LARGEST_KEY
from app.follow_ups.rules import ContactMode
from app.households.models import Household
from app.households.queries import visible_to
from app.supervision.models import AskedQuestion
from app.supervision.rules import Entry, Question, find_questions
from app.visits.models import Visit
from app.visits.rules import VisitState

_TOLD = (VisitState.SUBMITTED, VisitState.ABSENT)
_COLUMNS = (
    Visit.id, Visit.by_id, Visit.companion_ids, Visit.second_by_id, Visit.occurred_on, Visit.began_at, Visit.ended_at,
    Visit.received_at, Visit.mode, Visit.state, Visit.welfare_note, Visit.nursing_note, Visit.absence_note,
    Household.number, Household.road_address, Household.lot_address,
)  # fmt: skip
_ENTRIES: Any = (
    select(*_COLUMNS)
    .join(Household, Household.id == Visit.household_id)
    .where(
        Household.centre_id.in_(bindparam("centre_ids", expanding=True)),
        Visit.occurred_on.between(bindparam("first_on"), bindparam("last_on")),
        Visit.voided_at.is_(None),
        Visit.state.in_(_TOLD),
    )
)


def list_questions(session: Session, who: Identity, *, first_on: date, last_on: date) -> list[Question]:
    """What one would ask about the records of one's centres of these days, newest day first."""
    wanted = {"centre_ids": sorted(who.centre_ids), "first_on": first_on, "last_on": last_on}
    return find_questions(_entry(row) for row in fetch(session, _ENTRIES, wanted))


def _entry(row: Any) -> Entry:
    went = {row.by_id, *row.companion_ids, *([row.second_by_id] if row.second_by_id else [])}
    return Entry(
        visit_id=row.id,
        writer_id=row.by_id,
        people=frozenset(went),
        number=row.number,
        building=row.road_address or row.lot_address or row.number,
        occurred_on=row.occurred_on,
        began_at=row.began_at,
        ended_at=row.ended_at,
        received_at=row.received_at,
        is_face=row.state is VisitState.SUBMITTED and row.mode is ContactMode.FACE,
        is_absence=row.state is VisitState.ABSENT,
        text=" ".join((row.welfare_note, row.nursing_note, row.absence_note)),
    )


def _may_see(who: Identity) -> ColumnElement[bool]:
    """Questions of one's centres for a supervisor, otherwise those one was asked oneself."""
    of_centre = AskedQuestion.centre_id.in_(who.centre_ids)
    about_oneself = AskedQuestion.account_id == who.account_id
    return or_(of_centre, about_oneself) if can(who, Permission.SEE_QUESTIONS) else about_oneself


def _with_people() -> tuple[Any, ...]:
    return (
        joinedload(AskedQuestion.account), joinedload(AskedQuestion.asked_by), joinedload(AskedQuestion.by),
    )  # fmt: skip


def find_asked(session: Session, keys: Collection[str]) -> dict[str, AskedQuestion]:
    """Of these questions those that somebody asked or answered, by key."""
    statement = select(AskedQuestion).options(*_with_people()).where(AskedQuestion.question.in_(keys))
    return {row.question: row for row in session.scalars(statement)}


def get_asked(session: Session, who: Identity, asked_id: int) -> AskedQuestion:
    """One question that was asked, of one's centre or about oneself, or NotFound."""
    statement = select(AskedQuestion).options(*_with_people()).where(AskedQuestion.id == asked_id, _may_see(who))
    found = session.scalars(statement).one_or_none() if asked_id <= LARGEST_KEY else None
    if found is None:
        raise NotFound
    return found


def list_waiting(session: Session, who: Identity) -> Sequence[AskedQuestion]:
    """Questions about one's own records that wait for one's answer, oldest first."""
    statement = (
        select(AskedQuestion)
        .options(*_with_people())
        .where(
            AskedQuestion.account_id == who.account_id, AskedQuestion.asked_at.is_not(None), AskedQuestion.answer == ""
        )
        .order_by(AskedQuestion.asked_at)
    )
    return session.scalars(statement).all()


def list_records_of(session: Session, who: Identity, asked: AskedQuestion) -> Sequence[Visit]:
    """The records a question is about, as far as one may see them, in the order they began."""
    statement = (
        select(Visit)
        .join(Household)
        .options(joinedload(Visit.household), joinedload(Visit.by))
        .where(Visit.id.in_([UUID(each) for each in asked.visit_ids]), visible_to(who))
        .order_by(Visit.began_at, Visit.id)
    )
    return session.scalars(statement).unique().all()


def names_of(session: Session, account_ids: Collection[int]) -> dict[int, str]:
    """Name and role of these people."""
    return {one.id: one.title for one in session.scalars(select(Account).where(Account.id.in_(account_ids)))}
