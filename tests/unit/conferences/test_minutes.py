from __future__ import annotations

from datetime import date

import pytest
from app.cases.rules import CaseClass, CaseStage
from app.conferences.rules import (
    Attendee,
    Candidate,
    Closing,
    Decision,
    Matter,
    Standing,
    Waiting,
    gap_of,
    gaps_of,
    grouped,
    moved,
    people_of,
    read_attendees,
    read_closing,
    stored_attendees,
    summary_of,
    typed_lines,
    unclear,
    waiting_for,
)
from hypothesis import given
from hypothesis import strategies as st

TODAY = date(2026, 11, 23)
S, C, D = CaseStage, CaseClass, Decision
OWN, GUEST = Attendee("민하준", "가람동 주민센터", 3), Attendee("김다솜", "가람종합복지관")


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("김다솜, 가람종합복지관", GUEST),
        ("  김다솜 /  가람종합복지관 ", GUEST),
        ("김다솜·가람종합복지관", GUEST),
        ("김다솜 - 가람종합복지관", GUEST),
        ("김다솜, 가람종합복지관, 사례팀", Attendee("김다솜", "가람종합복지관, 사례팀")),
        ("김다솜", Attendee("김다솜", "")),
        (", 가람종합복지관", Attendee(", 가람종합복지관", "")),
    ],
)
def test_a_line_names_a_person_and_an_agency(line: str, person: Attendee) -> None:
    assert people_of(f"\n{line}\n\n") == (person,)


def test_people_typed_twice_sit_there_once_and_come_back_as_they_were_typed() -> None:
    people = people_of("김다솜, 가람종합복지관\n김다솜 / 가람종합복지관\n박나루, 경찰서")
    assert len(people) == 2
    assert people_of(typed_lines(people)) == people
    assert read_attendees(stored_attendees((OWN, *people))) == (OWN, *people)
    assert typed_lines((OWN, GUEST)) == "김다솜, 가람종합복지관"


def test_whoever_came_from_nowhere_is_named() -> None:
    assert unclear((OWN, GUEST, Attendee("박나루", ""))) == ["박나루"]


def standing(decision: Decision | None, note: str = "", stage: CaseStage = S.CONFERENCE) -> Standing:
    return Standing(7, decision, note, stage, None if stage is S.CONFERENCE else C.GENERAL)


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (standing(None), "결정을 골라"),
        (standing(D.SELECT_GENERAL), "왜 이렇게 정했는지"),
        (standing(D.SELECT_GENERAL, "  "), "왜 이렇게 정했는지"),
        (standing(D.SELECT_GENERAL, "끼니를 거르심"), None),
        (standing(D.PLAN_APPROVE), "‘계획 승인’ 결정을 할 수 없습니다"),
        (standing(D.PLAN_APPROVE, stage=S.PLAN), None),
        (standing(D.NEXT_TIME), None),
    ],
)
def test_an_item_says_what_it_lacks(item: Standing, words: str | None) -> None:
    gap = gap_of(item)
    assert (gap is None) if words is None else words in (gap or "")


def test_minutes_lack_a_day_that_has_come_people_and_an_agenda() -> None:
    empty = gaps_of(date(2026, 11, 24), attendees=(), items=(), today=TODAY)
    assert len(empty.whole) == 3
    assert bool(empty)
    stranger = gaps_of(TODAY, attendees=(Attendee("박나루", ""),), items=(standing(D.NEXT_TIME),), today=TODAY)
    assert "박나루" in stranger.whole[0]
    assert not gaps_of(TODAY, attendees=(OWN,), items=(standing(D.NEXT_TIME),), today=TODAY)


@pytest.mark.parametrize(
    ("matter", "stage", "carried", "asked", "waiting"),
    [
        (Matter.SELECT, S.CONFERENCE, False, False, Waiting.SELECT),
        (Matter.SELECT, S.INTAKE, False, False, Waiting.WORKED),
        (Matter.PLAN, S.PLAN, False, True, Waiting.PLAN),
        (Matter.PLAN, S.PLAN, False, False, Waiting.WORKED),
        (Matter.CLOSE, S.SERVICE, False, True, Waiting.CLOSE),
        (Matter.REOPEN, S.AFTERCARE, False, False, Waiting.OVER),
        (Matter.REVIEW, S.SERVICE, True, False, Waiting.CARRIED),
    ],
)
def test_what_waits_for_a_conference_is_offered_as_that(
    matter: Matter, stage: CaseStage, carried: bool, asked: bool, waiting: Waiting
) -> None:
    assert waiting_for(matter, stage, is_carried=carried, is_asked=asked) is waiting


def test_groups_stand_by_what_presses_and_in_each_the_longest_waiting_first() -> None:
    def case(key: int, on: int, waiting: Waiting) -> Candidate:
        return Candidate(
            key, key, "가", "n", "가람동", S.CONFERENCE, None, date(2026, 11, on), "", Matter.SELECT, waiting
        )

    rows = [
        case(1, 9, Waiting.WORKED),
        case(2, 8, Waiting.SELECT),
        case(3, 2, Waiting.SELECT),
        case(4, 5, Waiting.CARRIED),
    ]
    found = [(waiting, [each.case_id for each in group]) for waiting, group in grouped(rows)]
    assert found == [(Waiting.CARRIED, [4]), (Waiting.SELECT, [3, 2]), (Waiting.WORKED, [1])]
    assert [waiting.is_pressing for waiting, _ in found] == [True, True, False]


@given(st.lists(st.integers(), unique=True), st.integers(), st.integers(-3, 3))
def test_moving_an_item_loses_none_and_takes_the_others_in_their_order(order: list[int], item: int, step: int) -> None:
    after = moved(order, item, step)
    assert sorted(after) == sorted(order)
    assert [each for each in after if each != item] == [each for each in order if each != item]


def test_an_item_goes_one_place_and_stays_at_the_end() -> None:
    assert moved([1, 2, 3], 2, -1) == [2, 1, 3]
    assert moved([1, 2, 3], 2, 1) == [1, 3, 2]
    assert moved([1, 2, 3], 1, -1) == [1, 2, 3]
    assert moved([1, 2, 3], 9, 1) == [1, 2, 3]


def test_first_lines_say_why_what_is_needed_and_the_class() -> None:
    said = summary_of(reason=" 월세가 밀림 ", needs=["기초생활(긴급)"], case_class=None, proposed=C.COMPLEX)
    assert said == "사유: 월세가 밀림\n욕구: 기초생활(긴급)\n제안: 사례관리(고난도)"
    assert summary_of(reason="", needs=[], case_class=C.LINKAGE, proposed=C.GENERAL) == "구분: 서비스연계"


@given(st.text(), st.text(), st.text(), st.none() | st.dates())
def test_what_a_closure_asks_for_comes_back_as_it_was_kept(
    reason: str, goals: str, attempts: str, on: date | None
) -> None:
    closing = Closing(reason, goals, attempts, on)
    assert read_closing(closing.stored()) == closing
