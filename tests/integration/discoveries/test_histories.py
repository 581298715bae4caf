"""«이 가구는 n번 발굴되었습니다»: what a household's page says of its discoveries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from app.access.identity import Identity
from app.discoveries import queries, service
from sqlalchemy.orm import Session
from tests.factories.households import HEAD, add_household
from tests.integration.discoveries.files import person, row_of, take
from tests.moments import NOW

ROUND = timedelta(days=60)


def test_a_household_nobody_listed_was_never_discovered(session: Session, worker: Identity) -> None:
    household = add_household(session, worker, HEAD)
    assert queries.discovered_times(session, household.id) is None
    assert queries.list_rows_of(session, household.id) == []


def test_a_row_is_told_with_its_crises_arrears_and_note(session: Session, worker: Identity) -> None:
    imported = take(session, worker, person(crises="건보료 체납, 단전", months="6", note="낮에는\n집에 없음"))
    [row] = queries.list_rows_of(session, row_of(session, imported, 2).household_id or 0)
    assert (row.discovered_on.isoformat(), row.title) == ("2026-11-23", "발굴 2026년 6차 명단")
    assert row.text == "건강보험료 체납, 단전 · 체납 6개월 · 낮에는 집에 없음"


@pytest.mark.parametrize(
    ("previous", "times"),
    [
        (["", "", ""], 3),
        (["0", "1", "2"], 3),
        (["7", "8", "9"], 10),
        (["7", "", ""], 10),
        (["", "", "1"], 3),
        (["2"], 3),
        ([""], 1),
    ],
)
def test_discoveries_are_counted_here_or_told_by_the_list_whichever_are_more(
    session: Session, worker: Identity, previous: list[str], times: int
) -> None:
    household = add_household(session, worker, HEAD)
    for at, told in enumerate(previous):
        row = person(previous=told, months=str(at + 1))
        take(session, worker, row, now=NOW + at * ROUND, title=f"{at + 1}차 명단")
    discovered = queries.discovered_times(session, household.id)
    assert discovered is not None
    assert discovered.times == times
    assert discovered.last_text.endswith(f"{len(previous)}차 명단 · 단전 · 체납 {len(previous)}개월")
    assert [row.title for row in queries.list_rows_of(session, household.id)] == [
        f"발굴 {at}차 명단" for at in range(len(previous), 0, -1)
    ]


def test_two_people_of_one_household_on_one_list_are_one_discovery(session: Session, worker: Identity) -> None:
    household = add_household(session, worker, HEAD)
    imported = take(
        session, worker, person(previous=""), person("박영수", born="1939-08-02", phone="", previous="", crises="단수")
    )
    service.link_as_member(session, row_of(session, imported, 3), household.id, actor=worker, now=NOW)
    discovered = queries.discovered_times(session, household.id)
    assert discovered is not None
    assert discovered.times == 1
    assert [row.text for row in queries.list_rows_of(session, household.id)] == [
        "박영수 · 단수 · 체납 3개월",
        "단전 · 체납 3개월",
    ]


def test_a_row_sent_again_is_no_further_discovery(session: Session, worker: Identity) -> None:
    first = take(session, worker, person(previous=""))
    take(session, worker, person(previous=""), person("한봄", born="1960-02-02", phone="", road="한빛구 햇살로 5"))
    household_id = row_of(session, first, 2).household_id or 0
    discovered = queries.discovered_times(session, household_id)
    assert discovered is not None
    assert discovered.times == 1
    assert len(queries.list_rows_of(session, household_id)) == 1


def test_held_rows_are_told_of_no_household(session: Session, worker: Identity) -> None:
    household = add_household(session, worker, HEAD)
    take(session, worker, person(phone="", road="한빛구 햇살로 5"))
    assert queries.discovered_times(session, household.id) is None
