"""Who on record shares something with a listed person: each trait through its own index, and whoever cannot be meant is
left out before any more of them is read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.core.database import fetch
from app.core.text import are_alike, building_of, door_key, doors_within, name_key
from app.discoveries.rules import Candidate, ListedPerson
from app.discoveries.rules.comparing import Doors, turned
from app.discoveries.rules.match import real_phones
from app.discoveries.rules.repeats import MOST_OF_A_DAY
from app.households.models import Household, Member

RANGES_AT_ONCE = 100
"""Buildings in one statement: each is a range of doors, and stands there in words."""


def find_members(session: Session, persons: Sequence[ListedPerson]) -> Iterator[int]:
    """Keys of members, some of them twice, in whatever centre: the listed ones' telephone, door, birth date with a like
    name; or the same name with the birth year alone, day and month swapped, or in the same building without its flat.
    """
    sought = _Sought(persons)
    yield from _born(session, sought)
    yield from _born_in_a_year(session, sought)
    yield from _called(session, sought)
    for column, doors in ((Household.road_door, sought.by_road), (Household.lot_door, sought.by_lot)):
        yield from _behind(session, sought, column, doors)


class _Doors:
    """What is looked for in one column of doors."""

    def __init__(self) -> None:
        self.exact: set[str] = set()
        self.without_flat: set[str] = set()
        """Where the list names a flat, and the record perhaps none."""
        self.buildings: set[str] = set()
        """Where the list names no flat, and the record perhaps one."""

    def add(self, building: str | None, unit: str | None) -> None:
        if building is None:
            return
        self.exact.add(door_key(building, unit))
        if unit is None:
            self.buildings.add(building)
        else:
            self.without_flat.add(door_key(building, None))


class _Sought:
    """What some listed people are looked up by."""

    def __init__(self, persons: Sequence[ListedPerson]) -> None:
        self.phones = real_phones(phone for person in persons for phone in (person.phone, *person.other_phones))
        self.born: dict[date, set[str]] = defaultdict(set)
        self.named: set[tuple[str, object]] = set()
        """Name, and what is looked for beside it: a birth year, a birth date turned about, a building."""
        self.by_road, self.by_lot = _Doors(), _Doors()
        self._compared: Counter[date] = Counter()
        for person in persons:
            self._add(person, name_key(person.name), Candidate.of(person).doors)

    def _add(self, person: ListedPerson, name: str, doors: Doors) -> None:
        self.born[person.birth_on].add(name)
        beside = (person.birth_on.year, turned(person.birth_on), doors.road, doors.lot)
        self.named.update((name, each) for each in beside if each is not None)
        self.by_road.add(doors.road, doors.unit)
        self.by_lot.add(doors.lot, doors.unit)

    @property
    def days(self) -> set[date]:
        return self.born.keys() | {beside for _name, beside in self.named if isinstance(beside, date)}

    @property
    def years(self) -> set[int]:
        return {day.year for day in self.born}

    def may_be(self, text: str, born_on: date) -> bool:
        """Whether somebody of this name, born on this day, may be listed."""
        name, listed = name_key(text), self.born.get(born_on, ())
        if name in listed or (name, born_on) in self.named:
            return True
        if not listed:
            return False
        self._compared[born_on] += 1
        return self._compared[born_on] <= MOST_OF_A_DAY and any(are_alike(name, each) for each in listed)

    def names(self, text: str, beside: object) -> bool:
        """Whether this name is looked for beside a birth year or in a building."""
        return (name_key(text), beside) in self.named


def _born(session: Session, sought: _Sought) -> Iterator[int]:
    statement = select(Member.id, Member.name, Member.birth_on).where(Member.birth_on.in_(sorted(sought.days)))
    return (key for key, name, born_on in fetch(session, statement, {}) if sought.may_be(name, born_on))


def _born_in_a_year(session: Session, sought: _Sought) -> Iterator[int]:
    of_year = and_(Member.birth_on.is_(None), Member.birth_year.in_(sorted(sought.years)))
    rows = fetch(session, select(Member.id, Member.name, Member.birth_year).where(of_year), {})
    return (key for key, name, year in rows if sought.names(name, year))


def _called(session: Session, sought: _Sought) -> Iterator[int]:
    if not sought.phones:
        return
    phones = sorted(sought.phones)
    own = select(Member.id).where(Member.phone.in_(phones))
    shared = select(Member.id).join(Member.household).where(Household.phone.in_(phones))
    for statement in (own, shared):
        yield from (key for (key,) in fetch(session, statement, {}))


def _behind(
    session: Session, sought: _Sought, column: InstrumentedAttribute[str], doors: _Doors
) -> Iterator[int]:  # fmt: skip
    for test in _tests_of_doors(column, doors):
        for key, name, door in fetch(session, _members_behind(column).where(test), {}):
            if door in doors.exact or sought.names(name, building_of(door)):
                yield key


def _tests_of_doors(column: InstrumentedAttribute[str], doors: _Doors) -> Iterator[ColumnElement[bool]]:
    """All doors at once, then buildings a hundred at a time."""
    if doors.exact:
        yield column.in_(sorted(doors.exact | doors.without_flat))
    ranges = [doors_within(building) for building in sorted(doors.buildings)]
    for start in range(0, len(ranges), RANGES_AT_ONCE):
        some = ranges[start : start + RANGES_AT_ONCE]
        yield or_(*(and_(column >= least, column < beyond) for least, beyond in some))


def _members_behind(column: InstrumentedAttribute[str]) -> Select[*tuple[Any, ...]]:
    return select(Member.id, Member.name, column).join(Member.household)
