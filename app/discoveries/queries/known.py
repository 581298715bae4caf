"""Looks up the people of a whole list among those on record: a few statements for some hundred rows.

Whoever shares a trait with a listed person is found by `sought`; `rules.judge_match` then says how alike two entries are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.core.database import fetch
from app.core.text import are_alike, name_key
from app.discoveries.models import ImportedList, ListRow
from app.discoveries.queries.sought import find_members
from app.discoveries.rules import Candidate, ListedPerson, RowOutcome
from app.discoveries.rules.comparing import turned
from app.discoveries.rules.match import real_phones
from app.discoveries.rules.repeats import MOST_OF_A_DAY
from app.households.models import Household, Member
from app.households.rules import HouseholdStatus

AT_ONCE = 500
"""Keys in one statement; both databases take more, but plan no better."""


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody on record, as the matching rules compare them."""

    household_id: int
    member_id: int
    centre_id: int
    is_active: bool
    candidate: Candidate


class KnownRow(NamedTuple):
    """A row that came in before."""

    id: int
    row_number: int
    list_id: int
    title: str
    household_id: int | None
    member_id: int | None
    discovered_on: date
    round_id: int | None = None


class KnownPeople:
    """People on record who may be on a list, found by what they share with a listed person."""

    def __init__(self, people: Iterable[KnownPerson]) -> None:
        self.everybody = tuple(people)
        self._by_key: dict[Hashable, list[KnownPerson]] = defaultdict(list)
        self._born: dict[date, list[tuple[str, KnownPerson]]] = defaultdict(list)
        for known in self.everybody:
            for key in _keys_of(known.candidate):
                self._by_key[key].append(known)
            if known.candidate.birth_on is not None:
                self._born[known.candidate.birth_on].append((name_key(known.candidate.name), known))

    def near(self, person: ListedPerson) -> list[KnownPerson]:
        """Everybody who shares birth date and name (a slip allowed), a telephone, the door, or the name where only the
        birth year is known, day and month are swapped, or the building is the same."""
        if not self._by_key:
            return []
        born = (person.birth_on.year, turned(person.birth_on))
        keys = (*_keys_of(Candidate.of(person)), *((name_key(person.name), day) for day in born))
        found = {known.member_id: known for key in keys for known in self._by_key.get(key, ())}
        found |= {known.member_id: known for known in self._alike(person)}
        return list(found.values())

    def _alike(self, person: ListedPerson) -> Iterator[KnownPerson]:
        born = self._born.get(person.birth_on)
        if born:
            key = name_key(person.name)
            yield from (known for name, known in islice(born, MOST_OF_A_DAY) if are_alike(key, name))


def find_known_people(
    session: Session, centre_ids: frozenset[int], persons: Sequence[ListedPerson], *, without: frozenset[int] = frozenset()
) -> KnownPeople:  # fmt: skip
    """Those of these centres, closed households included, who may be one of `persons`.

    Args:
        without: households that are left out.
    """
    keys = sorted({key for some in _batches(persons) for key in find_members(session, some)})
    rows = (
        row for some in _batches(keys) for row in fetch(session, _people(centre_ids).where(Member.id.in_(some)), {})
    )
    return KnownPeople(_known(row) for row in rows if row.household_id not in without)


def known_people_of(session: Session, household_id: int) -> list[KnownPerson]:
    """Those who live in one household."""
    statement = _people(None).where(Household.id == household_id).order_by(Member.position, Member.id)
    return [_known(row) for row in session.execute(statement)]


def find_known_rows(session: Session, district_id: int, fingerprints: Sequence[str]) -> dict[str, list[KnownRow]]:
    """Rows of this 시군구 with these fingerprints that could be read and repeat no other, oldest first."""
    rows: dict[str, list[KnownRow]] = defaultdict(list)
    columns = (ListRow.fingerprint, ListRow.id, ListRow.row_number, ImportedList.id, ImportedList.title,
               ListRow.household_id, ListRow.member_id, ListRow.discovered_on, ImportedList.round_id)  # fmt: skip
    statement = select(*columns).join(ListRow.imported_list).order_by(ListRow.id)
    first = (ImportedList.district_id == district_id, ListRow.outcome != RowOutcome.BAD, ListRow.follows_id.is_(None))
    for some in _batches(fingerprints):
        for row in session.execute(statement.where(*first, ListRow.fingerprint.in_(some))):
            rows[row[0]].append(KnownRow(*row[1:]))
    return rows


def find_list(session: Session, district_id: int, judged_for: str, fingerprint: str) -> ImportedList | None:
    """The file with this very content, judged for the same people."""
    return session.scalars(
        select(ImportedList).where(
            ImportedList.district_id == district_id,
            ImportedList.judged_for == judged_for,
            ImportedList.fingerprint == fingerprint,
        )
    ).one_or_none()


def find_same_rows(
    session: Session, district_id: int, judged_for: str, fingerprints: Sequence[str]
) -> ImportedList | None:
    """A file that had these very rows in whatever order, the oldest first."""
    alike = (
        select(ImportedList)
        .join(ListRow, ListRow.imported_list_id == ImportedList.id)
        .where(
            ImportedList.district_id == district_id,
            ImportedList.judged_for == judged_for,
            ImportedList.row_count == len(fingerprints),
            ListRow.fingerprint.in_(fingerprints[:1]),
        )
    )
    for imported in session.scalars(alike.order_by(ImportedList.id)).unique():
        held = select(ListRow.fingerprint).where(ListRow.imported_list_id == imported.id)
        if sorted(session.scalars(held)) == sorted(fingerprints):
            return imported
    return None


def _people(centre_ids: frozenset[int] | None) -> Select[*tuple[Any, ...]]:
    statement = select(
        Member.id.label("member_id"), Member.household_id, Household.centre_id, Household.status, Member.name,
        Member.birth_on, Member.birth_year, Member.sex, Member.phone, Household.phone.label("house_phone"), Household.road_address,
        Household.lot_address, Household.unit,
    ).join(Member.household)  # fmt: skip
    present = statement.where(Member.left_on.is_(None))
    return present if centre_ids is None else present.where(Household.centre_id.in_(centre_ids))


def _known(row: Any) -> KnownPerson:
    phones = tuple(dict.fromkeys(phone for phone in (row.phone, row.house_phone) if phone))
    shared = tuple(phone for phone in (row.house_phone,) if phone and phone != row.phone)
    candidate = Candidate(
        row.name, row.birth_on, phones, row.road_address, row.lot_address, row.unit, shared, row.birth_year, row.sex
    )
    is_active = row.status is HouseholdStatus.ACTIVE
    return KnownPerson(row.household_id, row.member_id, row.centre_id, is_active, candidate)


def _keys_of(candidate: Candidate) -> Iterator[Hashable]:
    """What two entries of one person share, besides a name that only sounds alike."""
    name, doors = name_key(candidate.name), candidate.doors
    beside = (candidate.birth_on or candidate.birth_year, doors.road, doors.lot)
    yield from ((name, each) for each in beside if each is not None)
    yield from real_phones(candidate.phones)
    yield from doors.keys


def _batches(items: Sequence[Any]) -> Iterator[list[Any]]:
    rest = iter(items)
    while some := list(islice(rest, AT_ONCE)):
        yield some
