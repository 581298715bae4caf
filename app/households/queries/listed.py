"""Households as lists and the search need them: columns, not mapped rows, in three statements whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session, aliased

from app.accounts.models import Account, Centre
from app.core.database import fetch
from app.households.models import Household, Member, SafetyFlag
from app.households.queries.history import Named
from app.households.rules import FlagKind, FlagRule, HouseholdStatus, HouseholdType, Risk, Sex


class ListedMember(NamedTuple):
    """A member; the fields of `Member` by their names."""

    name: str
    birth_on: date | None
    birth_year: int | None
    sex: Sex | None
    phone: str
    left_on: date | None

    @property
    def is_present(self) -> bool:
        return self.left_on is None


class ListedFlag(NamedTuple):
    """A safety flag that stands."""

    kind: FlagKind
    rule: FlagRule
    is_standing: bool = True


class ListedCentre(NamedTuple):
    """The centre a household belongs to."""

    name: str
    dong: str


class ListedHousehold(NamedTuple):
    """A household; the fields of `Household` by their names."""

    id: int
    number: str
    title: str
    status: HouseholdStatus
    household_type: HouseholdType
    risk: Risk
    road_address: str
    lot_address: str
    unit: str
    phone: str
    last_seen_on: date | None
    centre: ListedCentre
    worker: Named | None
    nurse: Named | None
    members: Sequence[ListedMember]
    flags: Sequence[ListedFlag]
    """Those that stand."""

    @property
    def address(self) -> str:
        """Where they live, on one line."""
        return ", ".join(part for part in (self.road_address or self.lot_address, self.unit) if part)


_WORKER, _NURSE = aliased(Account), aliased(Account)
_OWN = ListedHousehold._fields.index("centre")
LISTED: Any = (
    select(
        *(getattr(Household, name) for name in ListedHousehold._fields[:_OWN]),
        *(Centre.name, Centre.dong, _WORKER.name, _NURSE.name),
    )
    .join(Centre, Centre.id == Household.centre_id)
    .outerjoin(_WORKER, _WORKER.id == Household.worker_id)
    .outerjoin(_NURSE, _NURSE.id == Household.nurse_id)
)
"""To be narrowed and put in order; its rows go to `complete`."""
_MEMBERS: Any = (
    select(Member.household_id, *(getattr(Member, name) for name in ListedMember._fields))
    .where(Member.household_id.in_(bindparam("household_ids", expanding=True)))
    .order_by(Member.position, Member.id)
)
_FLAGS: Any = (
    select(SafetyFlag.household_id, SafetyFlag.kind, SafetyFlag.rule)
    .where(SafetyFlag.household_id.in_(bindparam("household_ids", expanding=True)), SafetyFlag.ended_on.is_(None))
    .order_by(SafetyFlag.id.desc())
)


def complete(session: Session, rows: Collection[Row[Any]]) -> list[ListedHousehold]:
    """Rows of `LISTED` with their members, and no flags yet."""
    members: dict[int, list[ListedMember]] = defaultdict(list)
    for household_id, *values in _fetch_of(session, _MEMBERS, [row.id for row in rows]):
        members[household_id].append(ListedMember._make(values))
    return [_listed(row, members[row.id]) for row in rows]


def with_flags(session: Session, households: Sequence[ListedHousehold]) -> list[ListedHousehold]:
    """The same households with the safety flags that stand."""
    flags: dict[int, list[ListedFlag]] = defaultdict(list)
    for household_id, kind, rule in _fetch_of(session, _FLAGS, [household.id for household in households]):
        flags[household_id].append(ListedFlag(kind, rule))
    return [
        household._replace(flags=flags[household.id]) if household.id in flags else household
        for household in households
    ]


def _fetch_of(session: Session, statement: Any, household_ids: list[int]) -> Sequence[Any]:
    return fetch(session, statement, {"household_ids": household_ids}) if household_ids else ()


def _listed(row: Any, members: list[ListedMember]) -> ListedHousehold:
    centre, dong, worker, nurse = row[_OWN:]
    people = (Named(name) if name else None for name in (worker, nurse))
    return ListedHousehold._make((*row[:_OWN], ListedCentre(centre, dong), *people, members, ()))
