"""Which household a journey goes to, and what is written about it afterwards: asked of the product's own queries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from app.access.identity import Identity, Origin
from app.accounts.queries import find_account_by_login, identity_of
from app.calendars.queries.dues import list_dues_between
from app.cases.models import Case
from app.core import clock
from app.follow_ups.queries.today import list_today
from app.households.models import Household, Member
from app.households.rules import Risk
from app.visits.queries import standing_plans
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session
from tests.journeys.serving import Server


@dataclass(frozen=True)
class Stop:
    """A household on somebody's way, as far as a journey must know it beforehand."""

    id: int
    number: str
    title: str
    member_id: int
    name: str
    """The first member's."""


class Ledger:
    """Finds a household that fits a journey."""

    def __init__(self, server: Server) -> None:
        self._server = server

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """The database as it is now."""
        with self._server.records() as session:
            yield session

    def overdue(self, login: str) -> Stop:
        """A household past its date, with one member, that nobody warns of and where nobody called in vain."""
        with self.reading() as session:
            calls = list_today(session, self.identity(session, login), today=clock.today()).overdue
            plain = (call for call in calls if not call.flags and not call.household.absences_in_row)
            return self._stop(session, next(call.household.id for call in plain if len(call.people) == 1))

    def unplanned(self, login: str) -> tuple[Stop, date]:
        """A household of one member where something is due soon and nobody has planned a visit, and the day it is due."""
        with self.reading() as session:
            who, today = self.identity(session, login), clock.today()
            dues = list_dues_between(
                session,
                who,
                first_on=today,
                last_on=today + timedelta(days=7),
                today=today,
                holders=[who.account_id or 0],
            )
            standing = standing_plans(session, {each.due.household_id for each in dues}, first_on=today)
            for each in dues:
                household = session.get_one(Household, each.due.household_id)
                plain = not household.flags and not household.absences_in_row and len(household.members) == 1
                if plain and each.due.due_on and household.id not in standing:
                    return self._stop(session, household.id), each.due.due_on
        raise AssertionError("every due of the demo is planned")

    def shared(self, login: str) -> Stop:
        """A quiet household of this nurse's whose health record the supervisor may read."""
        return self._quiet(login, Household.health_ground.is_not(None))

    def without_case(self, login: str) -> int:
        """The id of a household of this worker's that never was a case and that nobody warns of."""
        with self.reading() as session:
            statement = select(Household.id).where(
                Household.worker_id == self.identity(session, login).account_id, Household.closed_on.is_(None),
                ~Household.flags.any(), Household.id.not_in(select(Case.household_id)),
            )  # fmt: skip
            return session.scalars(statement.order_by(Household.id).limit(1)).one()

    def with_phone(self, login: str) -> Stop:
        """A quiet household of this worker's that can be called."""
        return self._quiet(login, Household.phone != "")

    def at_ease(self, login: str) -> Stop:
        """A quiet household of this person's that is not at high risk: the absence ladder begins at its lowest step."""
        return self._quiet(login, Household.risk != Risk.HIGH)

    def quiet(self, login: str) -> Stop:
        """A household of this person's with one member, without absences or safety flags."""
        return self._quiet(login)

    def _quiet(self, login: str, *tests: ColumnElement[bool]) -> Stop:
        with self.reading() as session:
            who = self.identity(session, login)
            statement = (
                select(Household)
                .where(Household.closed_on.is_(None), Household.absences_in_row == 0, *tests)
                .where((Household.nurse_id == who.account_id) | (Household.worker_id == who.account_id))
                .order_by(Household.id.desc())
            )
            found = (each for each in session.scalars(statement) if not any(flag.is_standing for flag in each.flags))
            return self._stop(session, next(each.id for each in found if len(each.members) == 1))

    def identity(self, session: Session, login: str) -> Identity:
        """This person, asking today."""
        account = find_account_by_login(session, login)
        assert account is not None, login
        return identity_of(session, account, origin=Origin(), today=clock.today())

    def _stop(self, session: Session, household_id: int) -> Stop:
        household = session.get_one(Household, household_id)
        head: Member = household.members[0]
        return Stop(household.id, household.number, household.title, head.id, head.name)
