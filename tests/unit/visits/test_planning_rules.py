"""A planned hour: what makes no sense, what speaks against it, and what the board shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID

import pytest
from app.core.holidays import working_days
from app.follow_ups.rules import Profession, Purpose
from app.households.rules import FlagRule
from app.visits.rules import (
    Engagement,
    Leave,
    PlanChange,
    Slot,
    Surroundings,
    change_words,
    check_change,
    check_slot,
    find_clashes,
    find_conflicts,
    serves,
    span_words,
)
from app.visits.rules.conflicts import gap_between
from app.visits.rules.planning import TRAVEL_MINUTES, slots
from hypothesis import given
from hypothesis import strategies as st

DAYS = working_days(range(2026, 2028))
TODAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
NURSE, WORKER, OTHER = 1, 2, 3
WANTED_ID, OTHER_ID = UUID(int=1), UUID(int=2)
AROUND = Surroundings(DAYS, names={NURSE: "윤가람", WORKER: "민하준", OTHER: "서은결"})


def slot(at: time | None = time(10), on: date = TUESDAY, **more: object) -> Slot:
    return replace(Slot(on, at, NURSE), **more)  # type: ignore[arg-type]


def visit(given: Slot, household_id: int = 7, planned_id: UUID | None = None, place: str = "") -> Engagement:
    return Engagement(planned_id, household_id, given, "김순자", place)


def other(at: time | None, **more: object) -> Engagement:
    title = {"title": "박말순"}
    return replace(visit(slot(at, **more), household_id=8, planned_id=OTHER_ID), **title)  # type: ignore[arg-type]


def said(wanted: Engagement, **around: object) -> list[tuple[str, str]]:
    found = find_conflicts(wanted, replace(AROUND, **around))  # type: ignore[arg-type]
    return [(problem.code, problem.message) for problem in found]


def test_a_working_day_has_eighteen_slots() -> None:
    hours = list(slots())
    assert (hours[0], hours[1], hours[-1], len(hours)) == (time(9), time(9, 30), time(17, 30), 18)


def test_an_ordinary_hour_meets_no_objection() -> None:
    assert said(visit(slot())) == []


@pytest.mark.parametrize(
    ("given", "is_active", "codes"),
    [
        (slot(), True, []),
        (slot(on=TODAY), True, []),
        (slot(on=TODAY - timedelta(days=1)), True, ["PAST_DAY"]),
        (slot(on=TODAY + timedelta(days=400)), True, ["TOO_FAR"]),
        (slot(), False, ["CLOSED"]),
        (slot(minutes=0), True, ["LENGTH"]),
        (slot(minutes=481), True, ["LENGTH"]),
        (slot(companion_id=NURSE), True, ["SAME_PERSON"]),
    ],
)
def test_only_nonsense_is_refused(given: Slot, codes: list[str], *, is_active: bool) -> None:
    found = check_slot(given, today=TODAY, is_active=is_active)
    assert [problem.code for problem in found] == codes
    assert all(problem.is_refusal for problem in found)


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        (other(time(10)), [("OVERLAP", "10:00~10:30 박말순 방문과 겹칩니다.")]),
        (other(time(10, 20)), [("OVERLAP", "10:20~10:50 박말순 방문과 겹칩니다.")]),
        (other(time(9), minutes=90), [("OVERLAP", "09:00~10:30 박말순 방문과 겹칩니다.")]),
        (other(time(10, 30)), [("TIGHT", "10:30~11:00 박말순 방문과 이어져 이동할 시간(10분)이 없습니다.")]),
        (other(time(9, 30)), [("TIGHT", "09:30~10:00 박말순 방문과 이어져 이동할 시간(10분)이 없습니다.")]),
        (other(time(10, 40)), []),
        (other(time(10), on=date(2026, 11, 25)), []),
        (other(None), []),
        (replace(other(time(10)), slot=Slot(TUESDAY, time(10), OTHER)), []),
    ],
)
def test_nobody_is_at_two_doors_at_once_and_the_way_takes_time(
    there: Engagement, expected: list[tuple[str, str]]
) -> None:
    assert said(visit(slot()), engagements=[there]) == expected


def test_doors_of_one_building_need_no_way_between_them() -> None:
    there = replace(other(time(10, 30)), place="한빛구 나래길 121")
    assert said(visit(slot(), place="한빛구 나래길 121"), engagements=[there]) == []
    assert said(visit(slot(), place="한빛구 나래길 123"), engagements=[there]) != []


def test_whoever_goes_along_is_named_when_it_is_they_who_cannot() -> None:
    there = replace(other(time(10)), slot=Slot(TUESDAY, time(10), WORKER))
    found = said(visit(slot(companion_id=WORKER)), engagements=[there])
    assert found == [("OVERLAP", "동행 민하준: 10:00~10:30 박말순 방문과 겹칩니다.")]


def test_a_visit_does_not_stand_in_its_own_way() -> None:
    itself = visit(slot(), planned_id=WANTED_ID)
    assert said(replace(itself, slot=slot(time(10, 20))), engagements=[itself]) == []


def test_the_same_household_twice_a_day_is_said_with_the_hour_and_the_colleague() -> None:
    there = visit(Slot(TUESDAY, time(14), WORKER), planned_id=OTHER_ID)
    expected = [("TWICE", "같은 날 14:00에 이 가구 방문이 이미 잡혀 있습니다 (민하준).")]
    assert said(visit(slot()), engagements=[there]) == expected
    assert said(visit(slot(on=date(2026, 11, 25))), engagements=[there]) == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (slot(on=date(2026, 11, 28)), [("DAY_OFF", "11/28(토)은 쉬는 날입니다: 토요일.")]),
        (slot(on=date(2026, 12, 25)), [("DAY_OFF", "12/25(금)은 쉬는 날입니다: 성탄절.")]),
        (slot(time(8, 30)), [("OUTSIDE_HOURS", "근무 시간(09:00~18:00) 밖입니다: 08:30~09:00.")]),
        (slot(time(17, 30)), []),
        (slot(time(17, 30), minutes=45), [("OUTSIDE_HOURS", "근무 시간(09:00~18:00) 밖입니다: 17:30~18:15.")]),
        (slot(time(9, 30), on=TODAY), [("HOUR_GONE", "오늘 09:30, 이미 지난 시각입니다.")]),
        (slot(time(11), on=TODAY), []),
    ],
)
def test_days_off_and_odd_hours_are_said(given: Slot, expected: list[tuple[str, str]]) -> None:
    assert said(visit(given), moment=(TODAY, time(10))) == expected


@pytest.mark.parametrize(
    ("rule", "company", "codes"),
    [
        (FlagRule.SOLO, {}, []),
        (FlagRule.PAIR, {}, ["ALONE"]),
        (FlagRule.PAIR, {"companion_id": WORKER}, []),
        (FlagRule.PAIR, {"companion_name": "3통 통장"}, []),
        (FlagRule.POLICE, {"companion_id": WORKER}, ["POLICE"]),
        (FlagRule.POLICE, {"companion_name": "가람지구대 김 경위"}, []),
        (FlagRule.NO_VISIT, {"companion_id": WORKER, "companion_name": "가람지구대 김 경위"}, ["NO_VISIT"]),
    ],
)
def test_a_household_is_gone_to_as_it_must_be_or_not_at_all(
    rule: FlagRule, company: dict[str, object], codes: list[str]
) -> None:
    found = find_conflicts(visit(slot(**company)), replace(AROUND, rule=rule))
    assert [problem.code for problem in found] == codes
    assert all(problem.is_refusal for problem in found)


@pytest.mark.parametrize(
    ("rule", "allowed", "codes"),
    [
        (FlagRule.PAIR, (NURSE, TUESDAY), []),
        (FlagRule.POLICE, (NURSE, TUESDAY), []),
        (FlagRule.NO_VISIT, (NURSE, TUESDAY), ["NO_VISIT"]),
        (FlagRule.PAIR, (WORKER, TUESDAY), ["ALONE"]),
        (FlagRule.PAIR, (NURSE, TODAY), ["ALONE"]),
    ],
)
def test_the_supervisor_lets_one_person_go_alone_on_one_day(
    rule: FlagRule, allowed: tuple[int, date], codes: list[str]
) -> None:
    around = replace(AROUND, rule=rule, allowed=frozenset({allowed}))
    assert [problem.code for problem in find_conflicts(visit(slot()), around)] == codes


def test_leave_is_said_with_who_covers() -> None:
    leave = Leave(NURSE, "윤가람", TUESDAY, date(2026, 11, 26), OTHER, "서은결")
    expected = [("ON_LEAVE", "윤가람 님은 11/24~11/26 자리를 비웁니다 (대직 서은결).")]
    assert said(visit(slot()), leaves=[leave]) == expected
    assert said(visit(slot(on=date(2026, 11, 27))), leaves=[leave]) == []
    assert said(visit(Slot(TUESDAY, time(10), OTHER)), leaves=[leave]) == []


@pytest.mark.parametrize(
    ("change", "words", "codes"),
    [
        (None, "", ["REASON_NEEDED"]),
        (PlanChange.ASKED, "", []),
        (PlanChange.OTHER, "  ", ["WORDS_NEEDED"]),
        (PlanChange.OTHER, "이사", []),
    ],
)
def test_a_change_says_why(change: PlanChange | None, words: str, codes: list[str]) -> None:
    assert [problem.code for problem in check_change(change, words)] == codes


@pytest.mark.parametrize(
    ("change", "words", "text"),
    [
        (PlanChange.ASKED, "", "대상자 요청"),
        (PlanChange.ASKED, " 병원  가는 날 ", "대상자 요청: 병원 가는 날"),
        (PlanChange.OTHER, "이사", "이사"),
    ],
)
def test_a_reason_reads_as_one_line(change: PlanChange, words: str, text: str) -> None:
    assert change_words(change, words) == text


@pytest.mark.parametrize(
    ("purpose", "profession", "is_served"),
    [
        (Purpose.NURSING, Profession.NURSE, True),
        (Purpose.NURSING, Profession.WORKER, False),
        (Purpose.JOINT, Profession.NURSE, True),
        (Purpose.JOINT, Profession.WORKER, True),
        (Purpose.CHECK_IN, Profession.WORKER, True),
        (Purpose.WELFARE, Profession.NURSE, False),
    ],
)
def test_which_dues_a_visit_is_for(purpose: Purpose, profession: Profession, *, is_served: bool) -> None:
    assert serves(purpose, profession) is is_served


def test_an_hour_reads_as_a_span() -> None:
    assert (span_words(time(9), 45), span_words(None, 45)) == ("09:00~09:45", "시간 미정")


people = st.sampled_from([NURSE, WORKER, OTHER])
some_slots = st.builds(
    Slot,
    st.sampled_from([TUESDAY, date(2026, 11, 25)]),
    st.one_of(st.none(), st.sampled_from(list(slots()))),
    people,
    st.one_of(st.none(), people),
    st.sampled_from([20, 30, 45, 90]),
)


@given(some_slots, some_slots)
def test_a_clash_is_mutual(one: Slot, two: Slot) -> None:
    first, second = visit(one, 7, WANTED_ID), visit(two, 8, OTHER_ID)
    assert gap_between(first, second) == gap_between(second, first)
    assert bool(find_clashes([first, second])) == bool(find_clashes([second, first]))


@given(some_slots, some_slots)
def test_two_visits_without_objection_leave_time_for_the_way(one: Slot, two: Slot) -> None:
    first, second = visit(one, 7, WANTED_ID), visit(two, 8, OTHER_ID)
    clashing = {"OVERLAP", "TIGHT"} & {code for code, _ in said(first, engagements=[second])}
    if clashing or one.on != two.on or not one.people & two.people or one.at is None or two.at is None:
        return
    gap = gap_between(first, second)
    assert gap is not None
    assert gap >= TRAVEL_MINUTES


@given(some_slots, st.lists(some_slots, max_size=5))
def test_taking_a_visit_away_never_adds_an_objection(one: Slot, rest: list[Slot]) -> None:
    others = [visit(each, 10 + at, UUID(int=10 + at)) for at, each in enumerate(rest)]
    whole = find_conflicts(visit(one), replace(AROUND, engagements=others))
    fewer = find_conflicts(visit(one), replace(AROUND, engagements=others[1:]))
    assert set(fewer) <= set(whole)
    assert all(not problem.is_refusal for problem in whole)
