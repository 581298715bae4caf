"""Which household a journey goes to, and what is written about it afterwards: asked of the product's own queries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from app.access.identity import Identity, Origin
from app.accounts.queries import find_account_by_login, identity_of
from app.core import clock
from app.follow_ups.queries.today import Call, list_today
from app.households.models import Household, Member
from sqlalchemy import select
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
    absences: int


class Ledger:
    """Gives each journey a household of its own."""

    def __init__(self, server: Server, taken: set[int]) -> None:
        self._server, self._taken = server, taken

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """The database as it is now."""
        with self._server.records() as session:
            yield session

    def overdue(self, login: str, fits: Callable[[Call], bool] = lambda _call: True) -> Stop:
        """A household of this person's that is past its date, nobody is warned of, and one person lives in."""
        with self.reading() as session:
            calls = list_today(session, self.identity(session, login), today=clock.today()).overdue
            return self._first(
                session,
                (call.household.id for call in calls if len(call.people) == 1 and not call.flags and fits(call)),
            )

    def quiet(self, login: str, *, members: int = 1) -> Stop:
        """An active household of this person's without absences or safety flags, with so many members."""
        with self.reading() as session:
            who = self.identity(session, login)
            statement = (
                select(Household)
                .where(Household.closed_on.is_(None), Household.absences_in_row == 0)
                .where((Household.nurse_id == who.account_id) | (Household.worker_id == who.account_id))
                .order_by(Household.id.desc())
            )
            found = (each for each in session.scalars(statement) if not any(flag.is_standing for flag in each.flags))
            return self._first(session, (each.id for each in found if _count(each) == members))

    def identity(self, session: Session, login: str) -> Identity:
        """This person, asking today."""
        account = find_account_by_login(session, login)
        assert account is not None, login
        return identity_of(session, account, origin=Origin(), today=clock.today())

    def _first(self, session: Session, ids: Iterator[int]) -> Stop:
        household_id = next(one for one in ids if one not in self._taken)
        self._taken.add(household_id)
        household = session.get_one(Household, household_id)
        head: Member = household.members[0]
        return Stop(household.id, household.number, household.title, head.id, head.name, household.absences_in_row)


def _count(household: Household) -> int:
    return sum(member.is_present for member in household.members)
