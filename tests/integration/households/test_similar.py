"""Whom a household that is being typed may be a second copy of: by whichever trait, and without reading through a centre."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from app.access.identity import Identity
from app.households import queries
from app.households.models import Household
from app.households.rules import DwellingDetails, MemberDetails
from sqlalchemy import event, text
from sqlalchemy.orm import Session
from tests.factories.households import add_household, details_of
from tests.factories.town import Town

NOWHERE = DwellingDetails()
KNOWN = {
    "김순자": (
        MemberDetails("김순자", birth_on=date(1942, 3, 15), phone="010-2646-2265"),
        ("한빛로 12", "", "101동 203호"),
    ),
    "마동석": (MemberDetails("마동석", birth_year=1971), ("한빛구 다솜로12번길 25", "가람동 31-2", "")),
    "이영자": (MemberDetails("이영자", birth_on=date(1950, 1, 2)), ("", "가람동 산 12-3번지", "")),
    "박하늘": (MemberDetails("박하늘"), ("나래길 5, 102동 842호", "", "")),
}


@pytest.fixture
def worker(town: Town) -> Identity:
    return town.who(town.worker)


@pytest.fixture(autouse=True)
def known(session: Session, worker: Identity) -> dict[str, Household]:
    return {
        name: add_household(session, worker, person, dwelling=DwellingDetails(*where), phone="")
        for name, (person, where) in KNOWN.items()
    }


def similar(
    session: Session, town: Town, name: str = "", *, road: str = "", lot: str = "", unit: str = "", phone: str = "",
    **head: Any,
) -> set[str]:  # fmt: skip
    details = details_of(
        town.garam.id, MemberDetails(name, **head), dwelling=DwellingDetails(road, lot, unit), phone=phone
    )
    return {found.title for found in queries.find_similar(session, frozenset({town.garam.id}), details)}


def test_similar_households_are_offered_before_a_second_copy_is_made(session: Session, town: Town) -> None:
    def ask(*name: str, **known: Any) -> set[str]:
        return similar(session, town, *name, **known)

    assert ask("김순자", birth_on=date(1942, 3, 15)) == {"김순자"}
    assert ask("김순자", birth_on=date(1942, 3, 16)) == set()
    assert ask("아무개", phone="010 2646 2265") == {"김순자"}
    assert ask("김순자", birth_year=1942) == {"김순자"}
    assert ask("김순자", birth_year=1943) == set()
    assert ask("마동석", birth_on=date(1971, 5, 5)) == {"마동석"}
    assert ask("김순자", phone="010-9999-8888") == set()
    assert ask("김순자") == ask("김순자(모)", birth_year=1942) == {"김순자"}
    assert ask("이름 모름") == ask() == set()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ({"road": "한빛로 12", "unit": "101동 203호"}, "김순자"),
        ({"road": "한빛로12 101-203"}, "김순자"),
        ({"road": "한빛로12", "unit": "101-203"}, "김순자"),
        ({"road": "서울시 한빛구 한빛로 12 (가람동), 제101동 2층 0203호"}, "김순자"),
        ({"lot": "한빛로12", "unit": "101-203"}, "김순자"),
        ({"road": "한빛로 12"}, "김순자"),
        ({"road": "한빛로 12", "unit": "999호"}, "김순자"),
        ({"road": "다솜로 12번길25"}, "마동석"),
        ({"lot": "가람동 31-2번지"}, "마동석"),
        ({"lot": "한빛구 가람동 산12-3"}, "이영자"),
        ({"road": "나래길5", "unit": "102-842"}, "박하늘"),
    ],
    ids=str,
)
def test_the_same_person_at_the_same_door_is_shown_however_the_door_is_spelled(
    session: Session, town: Town, typed: dict[str, str], name: str
) -> None:
    assert similar(session, town, name, **typed) == {name}
    assert similar(session, town, "남남이", **typed) == set()


@pytest.mark.parametrize(
    ("name", "unit", "found"),
    [
        ("김숙자", "101-203", {"김순자"}),
        ("김*자", "101-203", {"김순자"}),
        ("이름 모름", "101-203", {"김순자"}),
        ("김숙자", "101-204", set()),
        ("이름 모름", "101-204", set()),
        ("이름 모름", "", set()),
    ],
)
def test_a_slip_of_the_name_and_no_name_are_asked_about_behind_the_very_door_alone(
    session: Session, town: Town, name: str, unit: str, found: set[str]
) -> None:
    assert similar(session, town, name, road="한빛로12", unit=unit) == found


def test_other_numbers_of_the_road_and_other_centres_are_left_out(session: Session, town: Town) -> None:
    add_household(
        session,
        town.who(town.narae_worker),
        MemberDetails("최나래"),
        dwelling=DwellingDetails("한빛로 12", "", ""),
        phone="",
    )
    assert similar(session, town, "최나래", road="한빛로12") == set()
    assert (
        similar(session, town, "김순자", road="한빛로 1")
        == similar(session, town, "김순자", road="한빛로 121")
        == set()
    )


@pytest.mark.parametrize(
    "asked",
    [
        {"name": "김순자", "road": "한빛로12", "lot": "가람동 31-2", "unit": "101-203", "phone": "010-2646-2265",
         "birth_on": date(1942, 3, 15)},
        {"name": "김순자", "birth_year": 1942},
        {"name": "김순자"},
    ],
    ids=["everything", "a year", "a name alone"],
)  # fmt: skip
def test_every_trait_is_looked_up_by_its_index(session: Session, town: Town, asked: dict[str, Any]) -> None:
    plans = _plans(session, lambda: similar(session, town, **asked))
    assert plans
    assert not [line for line in plans if _reads_through(line)], plans


def _reads_through(line: str) -> bool:
    """Whether a line of a plan reads a whole table; the rows of a list of keys are no table."""
    return line.startswith(("SCAN household", "SCAN member", "SCAN search_gram")) or "Seq Scan" in line


def _plans(session: Session, ask: Any) -> list[str]:
    """How the statements of a piece of work reach their tables; a server is told to read none through if it can."""
    connection, seen = session.connection(), []
    is_file = connection.dialect.name == "sqlite"
    if not is_file:
        session.execute(text("SET LOCAL enable_seqscan = off"))

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if "FROM household" in statement or "FROM member" in statement or "FROM search_gram" in statement:
            seen.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", note)
    ask()
    event.remove(connection, "before_cursor_execute", note)
    explain = "EXPLAIN QUERY PLAN" if is_file else "EXPLAIN"
    rows = [connection.exec_driver_sql(f"{explain} {sql}", values).all() for sql, values in seen]
    return [str(row[-1]).strip(" ->") for plan in rows for row in plan]
