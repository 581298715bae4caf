"""Whoever the rules would call the same, or perhaps the same, among all on record is brought by the look-up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

import pytest
from app.access.identity import Identity
from app.core.text import phone_digits
from app.discoveries.queries import KnownPeople, KnownPerson, find_known_people
from app.discoveries.queries.known import known_people_of
from app.discoveries.rules import ListedPerson, MatchDegree, judge_match
from app.households.rules import DwellingDetails, MemberDetails, Relation
from app.households.service.bulk import create_households
from sqlalchemy.orm import Session
from tests.factories.households import details_of
from tests.moments import NOW

NAMES = (
    "김순자",
    "김숙자",
    "김 순 자",
    "김자순",
    "김*자",
    "박영수",
    "박영숙",
    "이순자",
    "리순자",
    "남궁민",
    "Nguyen Thi Lan",
    "응우옌티란",
)
DAYS = (date(1942, 3, 5), date(1942, 5, 3), date(1942, 3, 15), date(1942, 3, 6), date(1951, 1, 1), date(1951, 11, 1))
PHONES = ("", "", "010-2646-2265", "010-9999-8888", "02-3120-5050", "010-0000-0000")
ROADS = (
    "",
    "한빛구 가람로 12",
    "서울특별시 한빛구 가람로12",
    "가람로 12 (가람동)",
    "가람로 120",
    "다솜로12번길 25",
    "가람동 31-2",
)
LOTS = ("", "", "가람동 31-2", "한빛구 가람동 31-2번지", "가람동 산31-2", "한빛구 가람로 12")
UNITS = ("", "", "101호", "1층 101호", "102동 842호", "102-842", "지하 1호", "B01호")
HOUSES, LISTED = 120, 60


def dwelling(chance: Random) -> DwellingDetails:
    return DwellingDetails(chance.choice(ROADS), chance.choice(LOTS), chance.choice(UNITS))


def member(chance: Random, relation: Relation) -> MemberDetails:
    day, known = chance.choice(DAYS), chance.random()
    born = {"birth_on": day} if known < 0.7 else {"birth_year": day.year} if known < 0.9 else {}
    return MemberDetails(chance.choice(NAMES), relation, phone=chance.choice(PHONES), **born)  # type: ignore[arg-type]


def listed_person(chance: Random, number: int) -> ListedPerson:
    home = dwelling(chance)
    phone, other = (phone_digits(chance.choice(PHONES)) or "" for _each in range(2))
    return ListedPerson(
        number, chance.choice(NAMES), chance.choice(DAYS), phone=phone, other_phones=(other,) if phone and other else (),
        road_address=home.road_address, lot_address=home.lot_address, unit=home.unit,
    )  # fmt: skip


def everybody(session: Session, worker: Identity, chance: Random) -> Iterator[KnownPerson]:
    centre_id = worker.centre_id or 0
    details = [
        details_of(
            centre_id, *(member(chance, relation) for relation in list(Relation)[: chance.randint(1, 2)]),
            dwelling=dwelling(chance), phone=chance.choice(PHONES),
        )
        for _each in range(HOUSES)
    ]  # fmt: skip
    for created in create_households(session, details, actor=worker, now=NOW):
        yield from known_people_of(session, created.household_id)


def maybe(person: ListedPerson, people: list[KnownPerson]) -> dict[int, MatchDegree]:
    degrees = {known.member_id: judge_match(person, known.candidate).degree for known in people}
    return {key: degree for key, degree in degrees.items() if degree is not MatchDegree.NEW}


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("together", [True, False], ids=["a list", "each alone"])
def test_nobody_whom_the_rules_would_ask_about_is_overlooked(
    session: Session, worker: Identity, seed: int, together: bool
) -> None:
    chance = Random(seed)
    crowd = list(everybody(session, worker, chance))
    people = [listed_person(chance, number) for number in range(1, LISTED + 1 if together else 12)]
    found = lookup(session, worker, people) if together else None
    asked = 0
    for person in people:
        expected = maybe(person, crowd)
        near = (found or lookup(session, worker, [person])).near(person)
        assert maybe(person, near) == expected
        asked += len(expected)
    assert asked > len(people)


def lookup(session: Session, worker: Identity, people: list[ListedPerson]) -> KnownPeople:
    return find_known_people(session, worker.centre_ids, people)


@pytest.mark.parametrize(
    ("stored", "road", "lot", "unit"),
    [
        (("서울특별시 한빛구 가람로 12", "", "101호"), "가람로 12", "", "101호"),
        (("가람로 12", "", "101호"), "서울시 한빛구 가람로12 (가람동)", "", "1층 101호"),
        (("한빛구 나래길 5", "가람동 31-2", "102동 842호"), "", "가람동 31-2번지", "102-842"),
        (("", "가람동 31-2", ""), "가람동 31-2", "", ""),
    ],
    ids=str,
)
def test_a_door_is_found_however_it_is_spelled(
    session: Session, worker: Identity, stored: tuple[str, str, str], road: str, lot: str, unit: str
) -> None:
    home, other = (
        details_of(worker.centre_id or 0, MemberDetails("서춘자"), phone="", dwelling=DwellingDetails(*address))
        for address in (stored, ("가람로 120", "가람동 31-20", stored[2]))
    )
    created = create_households(session, [home, other], actor=worker, now=NOW)
    person = ListedPerson(1, "전혀다름", date(1999, 9, 9), road_address=road, lot_address=lot, unit=unit)
    found = find_known_people(session, worker.centre_ids, [person])
    assert [known.household_id for known in found.everybody] == [created[0].household_id]


def test_neighbours_of_another_flat_are_not_read(session: Session, worker: Identity) -> None:
    flats = [
        details_of(
            worker.centre_id or 0, MemberDetails("서춘자"), phone="", dwelling=DwellingDetails("가람로 12", "", unit)
        )
        for unit in ("101호", "102호", "103호", "")
    ]
    created = create_households(session, flats, actor=worker, now=NOW)
    person = ListedPerson(1, "마루한", date(1999, 9, 9), road_address="가람로 12", unit="102호")
    found = find_known_people(session, worker.centre_ids, [person])
    assert [known.household_id for known in found.everybody] == [created[1].household_id]


def test_the_same_name_in_the_building_is_found_where_one_side_names_no_flat(
    session: Session, worker: Identity
) -> None:
    details = [
        details_of(worker.centre_id or 0, MemberDetails("서춘자", birth_on=date(1951, 1, 1)), phone="",
                   dwelling=DwellingDetails("가람로 12", "", unit))
        for unit in ("101호", "")
    ]  # fmt: skip
    with_flat, without = create_households(session, details, actor=worker, now=NOW)
    for unit, expected in (("", {with_flat.household_id, without.household_id}), ("102호", {without.household_id})):
        person = ListedPerson(1, "서춘자", date(1951, 1, 2), road_address="가람로 12", unit=unit)
        near = find_known_people(session, worker.centre_ids, [person]).near(person)
        assert {
            known.household_id for known in near if judge_match(person, known.candidate).degree is not MatchDegree.NEW
        } == expected
