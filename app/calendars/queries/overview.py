"""Many people's days at once: a centre's week by person, a 시군구's week by centre, and a month for whoever is looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Role
from app.accounts.models import Account, Centre
from app.accounts.queries import list_centres, list_colleagues
from app.calendars.queries.agenda import VISITING, own_leave, people_on
from app.calendars.queries.dues import DueCounts, count_dues
from app.calendars.rules.spans import Span
from app.core.database import fetch
from app.core.working_days import WorkingDays
from app.follow_ups.queries import working_days_for
from app.households.models import Household
from app.visits.models import PlannedVisit
from app.visits.queries import PlannedRecord, list_leaves, list_planned
from app.visits.rules import Leave, PlannedState, find_clashes


@dataclass(frozen=True, slots=True)
class DayHead:
    """A day as the head of a column."""

    on: date
    today: date
    day_off: str
    is_holiday: bool

    @property
    def is_today(self) -> bool:
        return self.on == self.today

    @property
    def is_weekend(self) -> bool:
        return self.on.weekday() >= 5


@dataclass(frozen=True, slots=True)
class TeamCell:
    """One person's day in short."""

    on: date
    visits: tuple[PlannedRecord, ...]
    due_count: int
    away: Leave | None
    clashing: frozenset[int]
    """Positions in `visits` at which somebody would have to be at two doors at once."""


@dataclass(frozen=True, slots=True)
class TeamRow:
    """One person's week in short."""

    person: Account
    cells: tuple[TeamCell, ...]
    leaves: tuple[Leave, ...]
    """Own leave and leave that is covered, for the line under the name."""

    @property
    def visit_count(self) -> int:
        return sum(len(cell.visits) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class CountCell:
    """How much there is on a day."""

    on: date
    visit_count: int
    due_count: int


@dataclass(frozen=True, slots=True)
class CentreRow:
    """One centre's week in numbers."""

    centre: Centre
    cells: tuple[CountCell, ...]


@dataclass(frozen=True, slots=True)
class MonthDay:
    """One day of a month."""

    head: DayHead
    is_outside: bool
    visits: tuple[PlannedRecord, ...]
    visit_count: int
    due_count: int
    away: Leave | None


def heads_of(span: Span, days: WorkingDays, *, today: date) -> list[DayHead]:
    """The days of a span with the names of holidays. Raises MissingHolidayYear."""
    return [DayHead(on, today, days.reason(on) or "", on in days.holidays) for on in span.days]


def see_team(session: Session, who: Identity, centre_id: int, span: Span, *, today: date) -> list[TeamRow]:
    """The week of everybody who visits in a centre; a supervisor only when there is something in theirs."""
    people = list_colleagues(session, frozenset({centre_id}) & who.centre_ids, *VISITING)
    leaves = list_leaves(session, first_on=span.first_on, last_on=span.last_on, centre_ids=[centre_id])
    visits = list_planned(session, who, first_on=span.first_on, last_on=span.last_on, centre_id=centre_id)
    standing = [visit for visit in visits if visit.is_standing or visit.visit_id is not None]
    counts = count_dues(session, who, first_on=span.first_on, last_on=span.last_on, today=today, centre_id=centre_id)
    rows = [_team_row(person, span, standing, counts, leaves) for person in people]
    return [row for row in rows if row.person.role is not Role.SUPERVISOR or row.visit_count or row.leaves]


def _team_row(
    person: Account, span: Span, visits: Sequence[PlannedRecord], counts: DueCounts, leaves: Sequence[Leave]
) -> TeamRow:
    own = [visit for visit in visits if person.id in visit.slot.people]
    cells = tuple(_team_cell(person.id, on, own, counts, leaves) for on in span.days)
    about = tuple(leave for leave in leaves if person.id in (leave.account_id, leave.cover_id))
    return TeamRow(person, cells, about)


def _team_cell(
    person_id: int, on: date, own: Sequence[PlannedRecord], counts: DueCounts, leaves: Sequence[Leave]
) -> TeamCell:
    of_day = tuple(visit for visit in own if visit.planned_on == on)
    due_count = counts.of_day(on, people={person_id})
    return TeamCell(on, of_day, due_count, own_leave(person_id, leaves, on), clashing_among(of_day))


def clashing_among(visits: Sequence[PlannedRecord]) -> frozenset[int]:
    """Positions of visits at which somebody would have to be at two doors at once."""
    engagements = [visit.engagement for visit in visits if visit.is_standing]
    at_once = {one.planned_id for pair in find_clashes(engagements) for one in pair}
    return frozenset(at for at, visit in enumerate(visits) if visit.id in at_once)


def see_centres(session: Session, who: Identity, span: Span, *, today: date) -> list[CentreRow]:
    """The week of each centre in somebody's scope, in numbers."""
    visits = count_planned(session, who, span)
    dues = count_dues(session, who, first_on=span.first_on, last_on=span.last_on, today=today)
    return [
        CentreRow(
            centre,
            tuple(
                CountCell(on, visits.get((centre.id, on), 0), dues.of_day(on, centre_id=centre.id)) for on in span.days
            ),
        )
        for centre in list_centres(session, who)
    ]


def count_planned(session: Session, who: Identity, span: Span) -> dict[tuple[int, date], int]:
    """How many visits stand or were kept, by centre and day."""
    statement = (
        select(Household.centre_id, PlannedVisit.planned_on, func.count())
        .join(Household, Household.id == PlannedVisit.household_id)
        .where(
            Household.centre_id.in_(who.centre_ids),
            PlannedVisit.planned_on.between(span.first_on, span.last_on),
            PlannedVisit.state != PlannedState.CANCELLED,
        )
        .group_by(Household.centre_id, PlannedVisit.planned_on)
    )
    return {(row[0], row[1]): int(row[2]) for row in fetch(session, statement, {})}


def see_month(
    session: Session, who: Identity, span: Span, *, today: date, person: Account | None, centre_id: int | None
) -> list[list[MonthDay]]:
    """The weeks of a month: of a person, of a centre, or of the whole scope (then without names)."""
    heads = heads_of(span, working_days_for(session, who.district_id), today=today)
    if person is not None:
        found = _days_of_person(session, who, person, span, heads, today)
    elif centre_id is not None:
        found = _days_of_centre(session, who, centre_id, span, heads, today)
    else:
        found = _days_of_scope(session, who, span, heads, today)
    return [found[at : at + 7] for at in range(0, len(found), 7)]


def _days_of_person(
    session: Session, who: Identity, person: Account, span: Span, heads: Sequence[DayHead], today: date
) -> list[MonthDay]:
    leaves = list_leaves(session, first_on=span.first_on, last_on=span.last_on, people=[person.id])
    everybody = {person.id, *(leave.account_id for leave in leaves)}
    visits = _standing(session, who, span, people=everybody)
    counts = count_dues(session, who, first_on=span.first_on, last_on=span.last_on, today=today, holders=everybody)
    return [
        _month_day(
            head, span, [each for each in visits[head.on] if each.slot.people & whose],
            counts.of_day(head.on, people=whose), own_leave(person.id, leaves, head.on),
        )
        for head in heads
        for whose in [people_on(person.id, leaves, head.on)]
    ]  # fmt: skip


def _days_of_centre(
    session: Session, who: Identity, centre_id: int, span: Span, heads: Sequence[DayHead], today: date
) -> list[MonthDay]:
    visits = _standing(session, who, span, centre_id=centre_id)
    counts = count_dues(session, who, first_on=span.first_on, last_on=span.last_on, today=today, centre_id=centre_id)
    return [_month_day(head, span, visits[head.on], counts.of_day(head.on), None) for head in heads]


def _days_of_scope(
    session: Session, who: Identity, span: Span, heads: Sequence[DayHead], today: date
) -> list[MonthDay]:
    planned = count_planned(session, who, span)
    by_day: dict[date, int] = defaultdict(int)
    for (_centre_id, on), many in planned.items():
        by_day[on] += many
    dues = count_dues(session, who, first_on=span.first_on, last_on=span.last_on, today=today)
    return [MonthDay(head, span.is_outside(head.on), (), by_day[head.on], dues.of_day(head.on), None) for head in heads]


def _standing(
    session: Session, who: Identity, span: Span, *, people: Collection[int] | None = None, centre_id: int | None = None
) -> Mapping[date, list[PlannedRecord]]:
    """Visits that stand or were kept, by day."""
    found: dict[date, list[PlannedRecord]] = defaultdict(list)
    records: Iterable[PlannedRecord] = list_planned(
        session, who, first_on=span.first_on, last_on=span.last_on, people=people, centre_id=centre_id
    )
    for record in records:
        if record.state is not PlannedState.CANCELLED:
            found[record.planned_on].append(record)
    return found


def _month_day(
    head: DayHead, span: Span, visits: Sequence[PlannedRecord], due_count: int, away: Leave | None
) -> MonthDay:
    return MonthDay(head, span.is_outside(head.on), tuple(visits), len(visits), due_count, away)
