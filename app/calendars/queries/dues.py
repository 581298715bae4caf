"""Read dues by day: whole ones for pages that say why, and counts for those that only show how many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.access.identity import Identity
from app.core.database import fetch
from app.follow_ups.models import Obligation
from app.follow_ups.queries import compute_dues, read_dues
from app.follow_ups.rules import Profession, Status
from app.follow_ups.rules.dues import Due, in_order
from app.households.models import Household, Member
from app.households.rules import HouseholdStatus
from app.visits.queries import PlannedRecord, standing_plans
from app.visits.rules import when_words

_COLUMNS = (
    Household.id, Household.title, Household.number, Household.risk, Household.centre_id, Household.nurse_id,
    Household.worker_id, Household.road_address, Household.lot_address, Household.unit, Household.last_seen_on,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CalendarDue:
    """One due, whose it is, and the visit that is planned for it."""

    due: Due
    household: Row[Any]
    plan: PlannedRecord | None
    """The next visit that this due waits for; None when nobody has planned one."""
    member_name: str = ""
    """Whom it concerns, where it is one person of several."""

    @property
    def is_open(self) -> bool:
        """Whether nobody has planned a visit for it in time."""
        return self.plan is None or self.is_late_plan

    @property
    def words(self) -> str:
        """What is to be done, and for whom: «정기관리군 (박말순)»."""
        return f"{self.due.label} ({self.member_name})" if self.member_name else self.due.label

    @property
    def holder_id(self) -> int | None:
        """Whose due it is."""
        return holder_of(self.due, self.household)

    @property
    def is_late_plan(self) -> bool:
        """Whether the visit is planned for after the date, which has yet to come."""
        due_on = self.due.due_on
        return self.plan is not None and due_on is not None and self.plan.planned_on > due_on >= self.due.today

    @property
    def plan_words(self) -> str:
        """«11/24(화) 10:00 방문 예정», with the days it is late."""
        if self.plan is None or self.due.due_on is None:
            return ""
        said = f"{when_words(self.plan.planned_on, self.plan.planned_at)} 방문 예정"
        late = (self.plan.planned_on - self.due.due_on).days
        return f"{said} · 기한보다 {late}일 늦음" if self.is_late_plan else said

    @property
    def tone(self) -> str:
        """How it stands out: danger, warn, brand, or not at all once a visit is planned in time."""
        if not self.is_open:
            return "quiet"
        tones = {Status.OVERDUE: "danger", Status.LATE_TARGET: "warn", Status.DUE: "brand"}
        return tones.get(self.due.status, "warn" if self.is_late_plan else "")


@dataclass(frozen=True, slots=True)
class DoorDues:
    """All that is due at one door on one day: one visit may satisfy several."""

    dues: tuple[CalendarDue, ...]
    """The most pressing first."""

    @property
    def lead(self) -> CalendarDue:
        """The first that still wants a visit, or the first of all."""
        return next((each for each in self.dues if each.is_open), self.dues[0])

    @property
    def household(self) -> Row[Any]:
        return self.dues[0].household

    @property
    def is_open(self) -> bool:
        return self.lead.is_open

    @property
    def tone(self) -> str:
        return self.lead.tone

    @property
    def words(self) -> str:
        """«집중관리군 · 약속 방문»."""
        return " · ".join(dict.fromkeys(each.due.label for each in self.dues))

    @property
    def address(self) -> str:
        household = self.household
        return ", ".join(part for part in (household.road_address or household.lot_address, household.unit) if part)


def by_door(dues: Iterable[CalendarDue]) -> tuple[DoorDues, ...]:
    """Dues together by household, in the order of the first of each; what still wants a visit before what has one."""
    doors: dict[int, list[CalendarDue]] = defaultdict(list)
    for each in dues:
        doors[each.due.household_id].append(each)
    return tuple(sorted((DoorDues(tuple(of_one)) for of_one in doors.values()), key=lambda door: not door.is_open))


def holder_of(due: Due, household: Any) -> int | None:
    """The nurse or the worker of the household, as the due says whose it is."""
    return household.nurse_id if due.profession is Profession.NURSE else household.worker_id  # type: ignore[no-any-return]


def list_dues_between(
    session: Session, who: Identity, *, first_on: date | None, last_on: date, today: date,
    holders: Collection[int] | None = None, centre_id: int | None = None,
) -> list[CalendarDue]:  # fmt: skip
    """Dues of visible households whose date lies in the span, the most pressing first, each with its visit.

    Args:
        first_on: None for everything up to `last_on`, however long overdue.
        holders: only what these people are responsible for, each in their own profession.
        centre_id: narrow to one centre of the scope.
    """
    rows = _households(
        session, who, first_on=first_on, last_on=last_on, today=today, holders=holders, centre_id=centre_id
    )
    by_id = {row.id: row for row in rows}
    dues = read_dues(session, list(by_id), district_id=who.district_id, today=today)
    plans = standing_plans(session, list(by_id), first_on=today)
    shown = [
        due
        for each in dues.values()
        for due in each
        if _lies(due, first_on, last_on) and (holders is None or holder_of(due, by_id[due.household_id]) in holders)
    ]
    names = _names(session, {due.member_id for due in shown if due.member_id})
    return [
        CalendarDue(
            due, by_id[due.household_id], plan_for(due, plans.get(due.household_id, ())), names.get(due.member_id or 0, "")
        )
        for due in in_order(shown)
    ]  # fmt: skip


def _names(session: Session, member_ids: Collection[int]) -> dict[int, str]:
    """Names of members who do not live alone: only there one must be told from another."""
    if not member_ids:
        return {}
    other = aliased(Member)
    together = exists().where(other.household_id == Member.household_id, other.id != Member.id, other.left_on.is_(None))
    rows = fetch(session, select(Member.id, Member.name).where(Member.id.in_(member_ids), together), {})
    return {row.id: row.name for row in rows}


def plan_for(due: Due, plans: Sequence[PlannedRecord]) -> PlannedRecord | None:
    """The next standing visit that this due waits for."""
    return next((plan for plan in plans if plan.serves(due.profession)), None)


def _lies(due: Due, first_on: date | None, last_on: date) -> bool:
    return due.due_on is not None and due.due_on <= last_on and (first_on is None or due.due_on >= first_on)


def _households(
    session: Session, who: Identity, *, first_on: date | None, last_on: date, today: date,
    holders: Collection[int] | None, centre_id: int | None,
) -> Sequence[Row[Any]]:  # fmt: skip
    statement: Any = select(*_COLUMNS).distinct().join(Obligation, Obligation.household_id == Household.id)
    statement = statement.where(*_in_scope(who, centre_id), or_(_between(first_on, last_on), _stale(today)))
    if holders is not None:
        statement = statement.where(_HOLDER.in_(holders))
    return fetch(session, statement, {})


_HOLDER = case((Obligation.profession == Profession.NURSE, Household.nurse_id), else_=Household.worker_id)


def _in_scope(who: Identity, centre_id: int | None) -> tuple[ColumnElement[bool], ...]:
    scope = who.centre_ids if centre_id is None else who.centre_ids & {centre_id}
    return Household.centre_id.in_(scope), Household.status == HouseholdStatus.ACTIVE


def _between(first_on: date | None, last_on: date) -> ColumnElement[bool]:
    if first_on is None:
        return Obligation.due_on <= last_on
    return Obligation.due_on.between(first_on, last_on)


def _stale(today: date) -> ColumnElement[bool]:
    return Obligation.recompute_on <= today


class DueCounts:
    """How many dues fall on a day, by whose they are and where."""

    def __init__(self) -> None:
        self._by_day: dict[date, dict[tuple[int, int | None], int]] = defaultdict(lambda: defaultdict(int))

    def add(self, on: date, centre_id: int, holder_id: int | None, many: int = 1) -> None:
        """Count so many more."""
        self._by_day[on][centre_id, holder_id] += many

    def of_day(self, on: date, *, people: Collection[int] | None = None, centre_id: int | None = None) -> int:
        """On one day: of everybody, of these people, of one centre."""
        return sum(
            many
            for (centre, person), many in self._by_day.get(on, {}).items()
            if (people is None or person in people) and (centre_id is None or centre == centre_id)
        )

    @property
    def total(self) -> int:
        return sum(self.of_day(on) for on in self._by_day)


def count_dues(
    session: Session, who: Identity, *, first_on: date | None, last_on: date, today: date,
    holders: Collection[int] | None = None, centre_id: int | None = None,
) -> DueCounts:  # fmt: skip
    """As `list_dues_between`, counted by the database; only what is stale is computed."""
    counts = DueCounts()
    stale = _stale_households(session, who, centre_id, today)
    statement = _counting(who, centre_id, holders).where(_between(first_on, last_on))
    if stale:
        statement = statement.where(~_has_stale(today))
    for row in fetch(session, statement, {}):
        counts.add(row.due_on, row.centre_id, row.holder, row.many)
    for household_id, dues in compute_dues(session, list(stale), district_id=who.district_id, today=today).items():
        for due in dues:
            holder = holder_of(due, stale[household_id])
            if _lies(due, first_on, last_on) and (holders is None or holder in holders) and due.due_on:
                counts.add(due.due_on, stale[household_id].centre_id, holder)
    return counts


def _has_stale(today: date) -> ColumnElement[bool]:
    other = aliased(Obligation)
    return exists().where(other.household_id == Household.id, other.recompute_on <= today)


def _counting(who: Identity, centre_id: int | None, holders: Collection[int] | None) -> Select[Any]:
    holder = _HOLDER.label("holder")
    statement: Any = (
        select(Household.centre_id, holder, Obligation.due_on, func.count().label("many"))
        .join(Household, Household.id == Obligation.household_id)
        .where(*_in_scope(who, centre_id))
        .group_by(Household.centre_id, holder, Obligation.due_on)
    )
    return statement.where(_HOLDER.in_(holders)) if holders is not None else statement  # type: ignore[no-any-return]


def _stale_households(session: Session, who: Identity, centre_id: int | None, today: date) -> dict[int, Row[Any]]:
    """Households with an answer that time has made stale: normally none, once the night's refresh has run."""
    statement: Any = (
        select(Household.id, Household.centre_id, Household.nurse_id, Household.worker_id)
        .distinct()
        .join(Obligation, and_(Obligation.household_id == Household.id, _stale(today)))
        .where(*_in_scope(who, centre_id))
    )
    return {row.id: row for row in fetch(session, statement, {})}
