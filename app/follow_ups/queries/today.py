"""오늘: the households that are due, each with all its dues, in the order that matters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Role
from app.accounts.models import Account
from app.follow_ups.queries.dues import households_due, read_dues
from app.follow_ups.rules import Profession, Status
from app.follow_ups.rules.dues import PRESSING, Due, horizon, household_order, in_order
from app.households.models import Household, Member, SafetyFlag
from app.households.queries import visible_to
from app.households.rules import FlagKind, FlagRule, Risk, age_on, strictest

RISK_RANK = {risk: rank for rank, risk in enumerate(Risk)}


@dataclass(frozen=True, slots=True)
class Flagged:
    """A standing safety flag, as short as a list shows it."""

    kind: FlagKind
    rule: FlagRule


@dataclass(frozen=True, slots=True)
class Person:
    """A member as a list shows one."""

    id: int
    name: str
    age: int | None
    sex_label: str


@dataclass(frozen=True, slots=True)
class Call:
    """One household on 오늘."""

    household: Row[Any]
    """Columns of the household that the list shows; see `_COLUMNS`."""
    people: tuple[Person, ...]
    flags: tuple[Flagged, ...]
    dues: tuple[Due, ...]
    """In order; the first is why it stands here."""

    @property
    def lead(self) -> Due:
        return self.dues[0]

    @property
    def strictest_rule(self) -> FlagRule | None:
        return strictest([flag.rule for flag in self.flags])

    @property
    def is_overdue(self) -> bool:
        return self.lead.status in (Status.OVERDUE, Status.LATE_TARGET)


@dataclass(frozen=True, slots=True)
class Today:
    """The calls of a day in three heaps."""

    overdue: tuple[Call, ...]
    due: tuple[Call, ...]
    coming: tuple[Call, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.overdue or self.due or self.coming)

    @property
    def calls(self) -> tuple[Call, ...]:
        return self.overdue + self.due + self.coming


_COLUMNS = (
    Household.id, Household.number, Household.title, Household.centre_id, Household.household_type, Household.risk,
    Household.road_address, Household.lot_address, Household.unit, Household.approach, Household.phone,
    Household.last_seen_on, Household.absences_in_row, Household.worker_id, Household.nurse_id,
)  # fmt: skip


def list_today(
    session: Session, who: Identity, *, today: date, assignee: Account | None = None, centre_id: int | None = None
) -> Today:
    """What is due for `who` up to a week ahead: one's own households, or for a supervisor those of the centre.

    Args:
        assignee: narrow to one colleague's households.
        centre_id: narrow to one centre of the scope.
    """
    test, profession = _whose(who, assignee, centre_id)
    ids = households_due(test, until=horizon(today), today=today, profession=profession)
    columns: Select[Any] = select(*_COLUMNS)
    rows = session.execute(columns.where(Household.id.in_(ids))).all()
    return _heaps(_calls(session, rows, who, profession, today))


def _whose(
    who: Identity, assignee: Account | None, centre_id: int | None
) -> tuple[ColumnElement[bool], Profession | None]:
    """Which households, and whose dues decide."""
    if assignee is None and who.role in (Role.NURSE, Role.WORKER):
        column = Household.nurse_id if who.role is Role.NURSE else Household.worker_id
        profession = Profession.NURSE if who.role is Role.NURSE else Profession.WORKER
        return and_(visible_to(who), column.in_(who.acting_for)), profession
    tests = [visible_to(who)]
    if centre_id is not None:
        tests.append(Household.centre_id == centre_id)
    if assignee is None:
        return and_(*tests), None
    is_nurse = assignee.role is Role.NURSE
    column = Household.nurse_id if is_nurse else Household.worker_id
    return and_(*tests, column == assignee.id), Profession.NURSE if is_nurse else Profession.WORKER


def _calls(
    session: Session, rows: Sequence[Row[Any]], who: Identity, profession: Profession | None, today: date
) -> list[Call]:
    ids = [row.id for row in rows]
    dues = read_dues(session, ids, district_id=who.district_id, today=today)
    people, flags = _people(session, ids, today), standing_flags(session, ids)
    calls = [
        Call(row, people[row.id], flags[row.id], tuple(shown))
        for row in rows
        if (shown := _shown(dues.get(row.id, []), profession, today))
    ]
    return sorted(calls, key=lambda call: household_order(call.dues[:1], risk_rank=RISK_RANK[call.household.risk]))


def _shown(dues: Sequence[Due], profession: Profession | None, today: date) -> list[Due]:
    """The dues up to the horizon, one's own first; none when nothing of one's own is among them."""
    near = in_order(due for due in dues if due.due_on is not None and due.due_on <= horizon(today))
    if profession is None:
        return near
    own = [due for due in near if due.profession is profession]
    return own and own + [due for due in near if due.profession is not profession]


def _heaps(calls: Sequence[Call]) -> Today:
    overdue = tuple(call for call in calls if call.is_overdue)
    due = tuple(call for call in calls if not call.is_overdue and call.lead.status in PRESSING)
    coming = tuple(call for call in calls if call.lead.status not in PRESSING)
    return Today(overdue, due, coming)


def _people(session: Session, household_ids: Collection[int], today: date) -> dict[int, tuple[Person, ...]]:
    statement = (
        select(Member.household_id, Member.id, Member.name, Member.birth_on, Member.birth_year, Member.sex)
        .where(Member.household_id.in_(household_ids), Member.left_on.is_(None))
        .order_by(Member.position, Member.id)
    )
    found: dict[int, tuple[Person, ...]] = defaultdict(tuple)
    for household_id, member_id, name, birth_on, birth_year, sex in session.execute(statement):
        age = age_on(today, birth_on=birth_on, birth_year=birth_year)
        found[household_id] += (Person(member_id, name, age, sex.label if sex else ""),)
    return found


def standing_flags(session: Session, household_ids: Collection[int]) -> dict[int, tuple[Flagged, ...]]:
    """Safety flags that stand, by household."""
    statement = select(SafetyFlag.household_id, SafetyFlag.kind, SafetyFlag.rule).where(
        SafetyFlag.household_id.in_(household_ids), SafetyFlag.ended_on.is_(None)
    )
    found: dict[int, tuple[Flagged, ...]] = defaultdict(tuple)
    for household_id, kind, rule in session.execute(statement.order_by(SafetyFlag.id)):
        found[household_id] += (Flagged(kind, rule),)
    return found
