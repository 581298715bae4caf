"""A week that is over in a centre, as its supervisor looks back on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Role
from app.accounts.models import Account
from app.accounts.queries import WITH_CENTRE, list_colleagues
from app.follow_ups.queries import list_awaiting, list_today
from app.households.models import Household
from app.households.queries import HouseholdFilter, count_households
from app.households.rules import LONG_UNSEEN_DAYS
from app.reminders.rules import PersonWeek, Week, Weekly
from app.visits.models import Visit
from app.visits.rules import VisitState

GOING_OUT = (Role.NURSE, Role.WORKER)
COUNTED = (VisitState.SUBMITTED, VisitState.ABSENT)
"""What a week's visits are: somebody was there, or stood before a closed door."""
VisitCounts = Mapping[int, Mapping[VisitState, int]]


def see_week(session: Session, who: Identity, week: Week, *, today: date) -> Weekly:
    """A week that is over in the centre of a supervisor, and how things stand there now."""
    counts = _visits_by_person(session, who, week)
    unseen = HouseholdFilter(not_seen_since=today - timedelta(days=LONG_UNSEEN_DAYS))
    return Weekly(
        week,
        people=tuple(_person_week(session, who, person, counts, today) for person in _people(session, who, counts)),
        overdue=len(list_today(session, who, today=today, most=0).overdue),
        unseen=count_households(session, who, unseen),
        decisions=len(list_awaiting(session, who, today=today)),
    )


def _visits_by_person(session: Session, who: Identity, week: Week) -> VisitCounts:
    statement = (
        select(Visit.by_id, Visit.state, func.count())
        .join(Household, Household.id == Visit.household_id)
        .where(*_made(who, week))
        .group_by(Visit.by_id, Visit.state)
    )
    found: dict[int, dict[VisitState, int]] = defaultdict(lambda: defaultdict(int))
    for by_id, state, count in session.execute(statement):
        found[by_id][state] = count
    return found


def _made(who: Identity, week: Week) -> tuple[ColumnElement[bool], ...]:
    return (
        Household.centre_id.in_(who.centre_ids),
        Visit.occurred_on.between(week.first_on, week.last_on),
        Visit.state.in_(COUNTED),
        Visit.voided_at.is_(None),
    )


def _people(session: Session, who: Identity, counts: VisitCounts) -> list[Account]:
    """Who goes out for the centre, and whoever else made a visit in it."""
    people = list(list_colleagues(session, who.centre_ids, *GOING_OUT))
    others = counts.keys() - {person.id for person in people}
    statement = select(Account).where(Account.id.in_(others)).options(*WITH_CENTRE).order_by(Account.name)
    return [*people, *session.scalars(statement).unique()]


def _person_week(session: Session, who: Identity, person: Account, counts: VisitCounts, today: date) -> PersonWeek:
    made = counts.get(person.id, {})
    overdue = None
    if person.role in GOING_OUT and person.disabled_at is None and person.centre_id in who.centre_ids:
        overdue = len(list_today(session, who, today=today, assignee=person, most=0).overdue)
    seen, absent = made.get(VisitState.SUBMITTED, 0), made.get(VisitState.ABSENT, 0)
    return PersonWeek(person.id, person.name, person.role.label, seen, absent, overdue)


class VisitOfWeek(NamedTuple):
    """One visit as the list behind a week's number shows it."""

    visit: Visit
    household: Household
    by: Account


def list_week_visits(
    session: Session, who: Identity, week: Week, *, state: VisitState | None = None, by_id: int | None = None
) -> list[VisitOfWeek]:
    """The visits a number of the week counts, the newest first."""
    statement = (
        select(Visit, Household, Account)
        .join(Household, Household.id == Visit.household_id)
        .join(Account, Account.id == Visit.by_id)
        .where(*_made(who, week))
        .options(*WITH_CENTRE)
        .order_by(Visit.began_at.desc(), Visit.id)
    )
    if state is not None:
        statement = statement.where(Visit.state == state)
    if by_id is not None:
        statement = statement.where(Visit.by_id == by_id)
    return [VisitOfWeek(*row) for row in session.execute(statement).unique()]
