"""Looks up the people of a whole list among those on record: a few statements for some hundred rows.

A person is found again by birth date, by telephone or by address, each through an index; `rules.judge_match` then
says how alike two entries are.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from app.core.text import lot_address_key, road_address_key, search_key
from app.discoveries.models import DecidedLink, ImportedList, ListRow
from app.discoveries.rules import Candidate, ListedPerson, RowOutcome
from app.discoveries.rules.match import door_key, real_phones
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


class KnownPeople:
    """People on record who may be on a list, found by what they share with a listed person."""

    def __init__(self, people: Iterable[KnownPerson]) -> None:
        self._by_key: dict[Hashable, list[KnownPerson]] = defaultdict(list)
        for known in people:
            for key in _keys_of(known.candidate):
                self._by_key[key].append(known)

    def near(self, person: ListedPerson) -> list[KnownPerson]:
        """Everybody who shares name and birth date, a telephone number, or the door."""
        if not self._by_key:
            return []
        found = {
            known.member_id: known for key in _keys_of(Candidate.of(person)) for known in self._by_key.get(key, ())
        }
        return list(found.values())


def find_known_people(
    session: Session, centre_ids: frozenset[int], persons: Sequence[ListedPerson], *, district_name: str
) -> KnownPeople:
    """Those of these centres, closed households included, who may be one of `persons`."""
    found: dict[int, KnownPerson] = {}
    for some in _batches(persons):
        for test in _tests(some, district_name):
            for row in session.execute(_people(centre_ids).where(test)):
                found[row.member_id] = _known(row)
    return KnownPeople(found.values())


def known_people_of(session: Session, household_id: int) -> list[KnownPerson]:
    """Those who live in one household."""
    statement = _people(None).where(Household.id == household_id).order_by(Member.position, Member.id)
    return [_known(row) for row in session.execute(statement)]


def find_known_rows(session: Session, district_id: int, fingerprints: Sequence[str]) -> dict[str, list[KnownRow]]:
    """Rows of this 시군구 with these fingerprints that could be read and repeat no other, oldest first."""
    rows: dict[str, list[KnownRow]] = defaultdict(list)
    columns = (ListRow.fingerprint, ListRow.id, ListRow.row_number, ImportedList.id, ImportedList.title,
               ListRow.household_id, ListRow.member_id, ListRow.discovered_on)  # fmt: skip
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


def decided_links(session: Session, centre_ids: frozenset[int]) -> dict[tuple[str, int], bool]:
    """By person and household of these centres: whether somebody said that they belong together, or that they do not."""
    statement = (
        select(DecidedLink.person_key, DecidedLink.household_id, DecidedLink.is_same)
        .join(Household, Household.id == DecidedLink.household_id)
        .where(Household.centre_id.in_(centre_ids))
    )
    return {(key, household_id): is_same for key, household_id, is_same in session.execute(statement)}


def person_key(person: ListedPerson) -> str:
    """By what a decision about a person is remembered: SHA-256 in hex over name and birth date."""
    return hashlib.sha256(f"{search_key(person.name)}\x1f{person.birth_on}".encode()).hexdigest()


def _people(centre_ids: frozenset[int] | None) -> Select[*tuple[Any, ...]]:
    statement = select(
        Member.id.label("member_id"), Member.household_id, Household.centre_id, Household.status, Member.name,
        Member.birth_on, Member.phone, Household.phone.label("house_phone"), Household.road_address,
        Household.lot_address, Household.unit,
    ).join(Member.household)  # fmt: skip
    present = statement.where(Member.left_on.is_(None))
    return present if centre_ids is None else present.where(Household.centre_id.in_(centre_ids))


def _tests(persons: Sequence[ListedPerson], district_name: str) -> Iterator[ColumnElement[bool]]:
    """One indexed test for each way to find somebody; joined by OR they would use no index at all."""
    births = {person.birth_on for person in persons}
    phones = real_phones(phone for person in persons for phone in (person.phone, *person.other_phones))
    roads = {text for person in persons for text in _spellings(person.road_address, road_address_key, district_name)}
    lots = {text for person in persons for text in _spellings(person.lot_address, lot_address_key, district_name)}
    for column, wanted in (
        (Member.birth_on, births), (Member.phone, phones), (Household.phone, phones),
        (Household.road_address, roads), (Household.lot_address, lots),
    ):  # fmt: skip
        if wanted:
            yield column.in_(sorted(wanted))


def _spellings(address: str, key_of: Any, district_name: str) -> Iterator[str]:
    """How an address may stand on record: as listed, the road and number alone, and behind the 시군구."""
    key = key_of(address) if address else None
    if key:
        yield from (address, key, f"{district_name} {key}")


def _known(row: Any) -> KnownPerson:
    phones = tuple(dict.fromkeys(phone for phone in (row.phone, row.house_phone) if phone))
    candidate = Candidate(row.name, row.birth_on, phones, row.road_address, row.lot_address, row.unit)
    is_active = row.status is HouseholdStatus.ACTIVE
    return KnownPerson(row.household_id, row.member_id, row.centre_id, is_active, candidate)


def _keys_of(candidate: Candidate) -> Iterator[Hashable]:
    if candidate.birth_on is not None:
        yield search_key(candidate.name), candidate.birth_on
    yield from real_phones(candidate.phones)
    door = door_key(candidate.road_address, candidate.lot_address, candidate.unit)
    if door is not None:
        yield "door", door


def _batches(items: Sequence[Any]) -> Iterator[list[Any]]:
    rest = iter(items)
    while some := list(islice(rest, AT_ONCE)):
        yield some
