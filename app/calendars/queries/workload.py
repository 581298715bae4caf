"""The load of the coming four weeks by person and by centre. A number and the rows it opens come out of one reckoning."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Role
from app.accounts.models import Account, Centre
from app.accounts.queries import list_centres, list_colleagues
from app.assignments.rules import Duty
from app.calendars.queries.workload_capacity import VISITING, day_of
from app.calendars.queries.workload_tasks import Place, duty_of, list_tasks
from app.calendars.rules.workload import (
    Balance,
    Share,
    Slice,
    Task,
    Week,
    capacity_in,
    coming_weeks,
    share_out,
)
from app.core.working_days import WorkingDays
from app.follow_ups.queries import working_days_for
from app.visits.queries import list_leaves
from app.visits.rules import Leave


@dataclass(frozen=True, slots=True)
class WeekLoad:
    """One week of one person (or of all together): its parts, and how it fits."""

    share: Share
    balance: Balance | None
    """None where there is nobody to do it."""
    days_away: int = 0
    """Working days of leave."""

    @property
    def load(self) -> int:
        """Visits to make."""
        return len(self.share.load)

    def count(self, part: Slice) -> int:
        """How many rows a part of the week has."""
        return len(self.share.of(part))


@dataclass(frozen=True, slots=True)
class PersonLoad:
    """Somebody's coming weeks. Without an account they are those of households nobody is responsible for."""

    account: Account | None
    weeks: tuple[WeekLoad, ...]
    visits_per_day: int = 0
    is_here: bool = True
    """False for somebody who left the centre and still holds households of it."""

    @property
    def has_own_number(self) -> bool:
        return self.account is not None and self.account.visits_per_day is not None


@dataclass(frozen=True, slots=True)
class TeamLoad:
    """The people of one duty in one centre."""

    centre: Centre
    duty: Duty
    people: tuple[PersonLoad, ...]

    @property
    def total(self) -> tuple[Balance, ...]:
        """Each week of all together; what nobody is responsible for is load as well."""
        weeks = zip(*(person.weeks for person in self.people), strict=True)
        return tuple(sum((_balance(each) for each in week), Balance(0, 0)) for week in weeks)

    @property
    def with_room(self) -> list[PersonLoad]:
        """Who has room this week, most of it first."""
        found = [one for one in self.people if (balance := one.weeks[0].balance) and one.is_here and balance.margin > 0]
        return sorted(found, key=lambda one: -_balance(one.weeks[0]).margin)

    @property
    def overloaded(self) -> list[PersonLoad]:
        """Whose load does not fit into this week, the most overloaded first."""
        found = [one for one in self.people if one.account and _balance(one.weeks[0]).margin < 0]
        return sorted(found, key=lambda one: _balance(one.weeks[0]).margin)


@dataclass(frozen=True, slots=True)
class Workload:
    """The coming weeks of some centres."""

    weeks: tuple[Week, ...]
    teams: tuple[TeamLoad, ...]
    days_off: tuple[tuple[str, ...], ...]
    """The holidays of each week by name."""

    def of_duty(self, duty: Duty) -> list[TeamLoad]:
        """One duty, centre by centre."""
        return [team for team in self.teams if team.duty is duty]


def see_workload(
    session: Session, who: Identity, *, today: date, centre_ids: Collection[int] | None = None
) -> Workload:
    """The load of everybody in these centres of the scope (all of them unless given), from stored answers.

    Raises MissingHolidayYear.
    """
    days = working_days_for(session, who.district_id)
    weeks = coming_weeks(today, days)
    centres = [one for one in list_centres(session, who) if centre_ids is None or one.id in centre_ids]
    ids = [centre.id for centre in centres]
    tasks = list_tasks(session, who, ids, today=today, until=weeks[-1].last_on)
    leaves = list_leaves(session, first_on=weeks[0].first_on, last_on=weeks[-1].last_on, centre_ids=ids)
    people = _people(session, ids, tasks)
    reckoning = _Reckoning(weeks, leaves, days, today)
    teams = (
        TeamLoad(centre, duty, reckoning.team(centre, duty, people, tasks.get((centre.id, duty), [])))
        for centre in centres
        for duty in (Duty.NURSE, Duty.WORKER)
    )
    return Workload(weeks, tuple(teams), tuple(days.holidays_between(week.first_on, week.last_on) for week in weeks))


def _people(session: Session, centre_ids: Sequence[int], tasks: dict[Place, list[Task]]) -> list[Account]:
    """Who works there, and who left and still has something to do there."""
    here = list(list_colleagues(session, frozenset(centre_ids), *VISITING))
    known = {account.id for account in here}
    others = {task.holder_id for found in tasks.values() for task in found} - known - {None}
    gone = session.scalars(select(Account).where(Account.id.in_(others)).order_by(Account.name)).unique()
    return [*here, *gone]


@dataclass(frozen=True, slots=True)
class _Reckoning:
    """What the load of every team is reckoned by."""

    weeks: tuple[Week, ...]
    leaves: Sequence[Leave]
    days: WorkingDays
    today: date

    def team(self, centre: Centre, duty: Duty, people: Iterable[Account], tasks: list[Task]) -> tuple[PersonLoad, ...]:
        """Everybody of a duty who is there or has something to do, and what nobody is responsible for, last."""
        shares = share_out(tasks, weeks=self.weeks, leaves=self.leaves, today=self.today)
        busy = {bearer for bearer, _week in shares}
        fitting = [one for one in people if duty_of(one.role) is duty and (one.id in busy or _stands(one, centre))]
        found = [self._person(account, centre, shares) for account in fitting]
        return (*found, *([self._nobody(shares)] if None in busy else []))

    def _person(self, account: Account, centre: Centre, shares: dict[tuple[int | None, int], Share]) -> PersonLoad:
        is_here = account.disabled_at is None and account.centre_id == centre.id
        a_day = day_of(account) if is_here else 0
        weeks = tuple(
            self._week(week, shares.get((account.id, place), Share(account.id)), account.id, a_day)
            for place, week in enumerate(self.weeks)
        )
        return PersonLoad(account, weeks, a_day, is_here)

    def _week(self, week: Week, share: Share, person_id: int, a_day: int) -> WeekLoad:
        there = capacity_in(
            week, person_id=person_id, visits_per_day=1, leaves=self.leaves, working_days=self.days
        )  # fmt: skip
        away = self.days.count_between(week.first_on, week.last_on) - there
        return WeekLoad(share, Balance(len(share.load), a_day * there), away)

    def _nobody(self, shares: dict[tuple[int | None, int], Share]) -> PersonLoad:
        places = range(len(self.weeks))
        return PersonLoad(None, tuple(WeekLoad(shares.get((None, place), Share(None)), None) for place in places))


def _stands(account: Account, centre: Centre) -> bool:
    """Whether somebody belongs on the page of a centre without anything to do; a supervisor only with a number set."""
    is_asked = account.role is not Role.SUPERVISOR or account.visits_per_day is not None
    return account.centre_id == centre.id and account.disabled_at is None and is_asked


def _balance(week: WeekLoad) -> Balance:
    return week.balance or Balance(week.load, 0)
