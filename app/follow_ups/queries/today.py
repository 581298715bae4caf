"""오늘: the households that are due, each with all its dues, in the order that matters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, cast

from sqlalchemy import ColumnElement, Row, Select, bindparam, exists, or_, select
from sqlalchemy.orm import Session, aliased

from app.access.identity import Identity
from app.access.permissions import Role
from app.accounts.models import Account
from app.core.database import fetch
from app.follow_ups.models import Obligation
from app.follow_ups.queries.dues import STORED, trusted
from app.follow_ups.rules import Profession, Status
from app.follow_ups.rules.dues import PRESSING, Due, horizon, household_order, in_order
from app.households.models import Household, Member, SafetyFlag
from app.households.rules import FlagKind, FlagRule, HouseholdStatus, Risk, age_on, strictest

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
    def heaps(self) -> tuple[tuple[Call, ...], ...]:
        return self.overdue, self.due, self.coming

    @property
    def calls(self) -> tuple[Call, ...]:
        return self.overdue + self.due + self.coming


_COLUMNS = (
    Household.id, Household.number, Household.title, Household.household_type, Household.risk, Household.road_address,
    Household.lot_address, Household.unit, Household.approach, Household.phone, Household.last_seen_on,
    Household.absences_in_row, Household.centre_id,
)  # fmt: skip


def list_today(
    session: Session,
    who: Identity,
    *,
    today: date,
    assignee: Account | None = None,
    centre_id: int | None = None,
    most: int | None = None,
) -> Today:
    """What is due for `who` up to a week ahead: one's own households, or for a supervisor those of the centre.

    Args:
        assignee: narrow to one colleague's households.
        centre_id: narrow to one centre of the scope.
        most: read people and flags for so many of each heap; the calls after them are there to be counted.
    """
    profession, holders = _whose(who, assignee)
    scope = who.centre_ids if centre_id is None else who.centre_ids & {centre_id}
    bound = {"centre_ids": scope, "holders": holders, "until": horizon(today), "today": today}
    rows = fetch(session, _due_rows(profession), bound)
    return _detailed(session, _heaps(_calls(session, rows, who, profession, today)), most, today)


@cache
def _due_rows(profession: Profession | None) -> Select[Any]:
    """Households with all that is due up to a day, or stale, a row each; a profession sees those it has something to do in."""
    columns: Any = select(*_COLUMNS, *STORED)
    statement = columns.join(Obligation, Obligation.household_id == Household.id).where(
        Household.centre_id.in_(bindparam("centre_ids", expanding=True)),
        Household.status == HouseholdStatus.ACTIVE,
        _is_near(Obligation),
    )
    if profession is not None:
        own = aliased(Obligation)
        has_own = exists().where(own.household_id == Household.id, own.profession == profession, _is_near(own))
        holder = Household.nurse_id if profession is Profession.NURSE else Household.worker_id
        statement = statement.where(holder.in_(bindparam("holders", expanding=True)), has_own)
    return cast("Select[Any]", statement)


def _is_near(obligation: Any) -> ColumnElement[bool]:
    return or_(obligation.due_on <= bindparam("until"), obligation.recompute_on <= bindparam("today"))


def _whose(who: Identity, assignee: Account | None) -> tuple[Profession | None, frozenset[int]]:
    """Whose dues decide, and who holds the households; nobody in particular for a whole centre."""
    role = assignee.role if assignee else who.role
    holders = frozenset({assignee.id}) if assignee else who.acting_for
    if role is Role.NURSE:
        return Profession.NURSE, holders
    if assignee or role is Role.WORKER:
        return Profession.WORKER, holders
    return None, frozenset()


def _calls(
    session: Session, rows: Sequence[Row[Any]], who: Identity, profession: Profession | None, today: date
) -> list[Call]:
    """The households in order, each with the dues that are shown."""
    dues = trusted(session, rows, district_id=who.district_id, today=today)
    households = {row.id: row for row in rows}
    calls = [
        Call(row, (), (), tuple(shown))
        for row in households.values()
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


def _detailed(session: Session, found: Today, most: int | None, today: date) -> Today:
    """The same with the people and flags of the calls that are shown."""
    ids = [call.household.id for heap in found.heaps for call in heap[:most]]
    people, flags = _people(session, ids, today), standing_flags(session, ids)

    def detailed(heap: tuple[Call, ...]) -> tuple[Call, ...]:
        return tuple(
            Call(call.household, people.get(call.household.id, ()), flags.get(call.household.id, ()), call.dues)
            for call in heap
        )

    return Today(detailed(found.overdue), detailed(found.due), detailed(found.coming))


_PEOPLE = (
    select(Member.household_id, Member.id, Member.name, Member.birth_on, Member.birth_year, Member.sex)
    .where(Member.household_id.in_(bindparam("household_ids", expanding=True)), Member.left_on.is_(None))
    .order_by(Member.position, Member.id)
)
_FLAGS = (
    select(SafetyFlag.household_id, SafetyFlag.kind, SafetyFlag.rule)
    .where(SafetyFlag.household_id.in_(bindparam("household_ids", expanding=True)), SafetyFlag.ended_on.is_(None))
    .order_by(SafetyFlag.id)
)


def _people(session: Session, household_ids: Collection[int], today: date) -> dict[int, tuple[Person, ...]]:
    found: dict[int, tuple[Person, ...]] = defaultdict(tuple)
    rows = fetch(session, _PEOPLE, {"household_ids": household_ids})
    for household_id, member_id, name, birth_on, birth_year, sex in rows:
        age = age_on(today, birth_on=birth_on, birth_year=birth_year)
        found[household_id] += (Person(member_id, name, age, sex.label if sex else ""),)
    return found


def standing_flags(session: Session, household_ids: Collection[int]) -> dict[int, tuple[Flagged, ...]]:
    """Safety flags that stand, by household."""
    found: dict[int, tuple[Flagged, ...]] = defaultdict(tuple)
    for household_id, kind, rule in fetch(session, _FLAGS, {"household_ids": household_ids}):
        found[household_id] += (Flagged(kind, rule),)
    return found
