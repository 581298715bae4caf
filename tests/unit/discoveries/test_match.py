"""Is the listed person somebody on record: how surely, and why, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from app.discoveries.rules import Agreement, Candidate, ListedPerson, MatchDegree, Trait, judge_match, sureness
from app.households.rules import Sex
from hypothesis import given, settings
from hypothesis import strategies as st

steady = settings(deadline=None)  # judged by result; a busy machine must not fail it

LISTED = ListedPerson(
    row_number=9, name="김순자", birth_on=date(1948, 3, 2), phone="01004127788", road_address="한빛구 다솜로12번길 25",
    unit="102동 842호",
)  # fmt: skip
SAME = Candidate("김순자", date(1948, 3, 2), ("01004127788",), "다솜로 12번길 25", "", "102-842")


@pytest.mark.parametrize(
    ("changed", "degree", "reason"),
    [
        ({}, MatchDegree.EXACT, "이름·생년월일·전화·주소 일치"),
        ({"unit": "103-1"}, MatchDegree.EXACT, "이름·생년월일·전화 일치, 주소 다름"),
        ({"name": "김 순 자"}, MatchDegree.EXACT, "이름·생년월일·전화·주소 일치"),
        ({"phones": ("021234567", "01004127788")}, MatchDegree.EXACT, "이름·생년월일·전화·주소 일치"),
        ({"phones": ("01009999998",), "unit": "1"}, MatchDegree.LIKELY, "이름·생년월일 일치, 전화 다름, 주소 다름"),
        ({"phones": (), "road_address": ""}, MatchDegree.LIKELY, "이름·생년월일 일치, 전화 없음, 주소 없음"),
        ({"birth_on": None, "unit": ""}, MatchDegree.LIKELY, "이름·전화 일치, 주소 비슷함, 생년월일 없음"),
        (
            {"name": "김순애", "road_address": "가람로 1"},
            MatchDegree.LIKELY,
            "생년월일·전화 일치, 이름 다름, 주소 다름",
        ),
        (
            {"name": "박철수", "birth_on": date(1950, 1, 1), "phones": ()},
            MatchDegree.LIKELY,
            "주소 일치, 이름 다름, 생년월일 다름, 전화 없음",
        ),
        (
            {"name": "김숙자", "phones": (), "unit": "7"},
            MatchDegree.LIKELY,
            "생년월일 일치, 이름 비슷함, 주소 다름, 전화 없음",
        ),
        (
            {"name": "김숙자", "birth_on": date(1950, 1, 1), "unit": "7"},
            MatchDegree.LIKELY,
            "전화 일치, 이름 비슷함, 생년월일 다름, 주소 다름",
        ),
        (
            {"name": "김숙자", "birth_on": date(1950, 1, 1), "phones": (), "unit": "7"},
            MatchDegree.NEW,
            "이름 비슷함, 생년월일 다름, 주소 다름, 전화 없음",
        ),
        (
            {"birth_on": date(1948, 3, 1), "phones": (), "unit": ""},
            MatchDegree.LIKELY,
            "이름 일치, 생년월일 비슷함, 주소 비슷함, 전화 없음",
        ),
        (
            {"birth_on": date(1948, 2, 3), "phones": (), "unit": "7"},
            MatchDegree.LIKELY,
            "이름 일치, 생년월일 비슷함, 주소 다름, 전화 없음",
        ),
        (
            {"birth_on": date(1948, 3, 1), "phones": (), "unit": "7"},
            MatchDegree.NEW,
            "이름 일치, 생년월일 비슷함, 주소 다름, 전화 없음",
        ),
        (
            {"birth_on": None, "birth_year": 1948, "phones": (), "unit": "7"},
            MatchDegree.LIKELY,
            "이름 일치, 생년월일 비슷함, 주소 다름, 전화 없음",
        ),
        (
            {"birth_on": None, "birth_year": 1949, "phones": (), "unit": "7"},
            MatchDegree.NEW,
            "이름 일치, 생년월일 다름, 주소 다름, 전화 없음",
        ),
        (
            {"birth_on": date(1950, 1, 1), "phones": (), "unit": "7"},
            MatchDegree.NEW,
            "이름 일치, 생년월일 다름, 주소 다름, 전화 없음",
        ),
        (
            {"name": "", "birth_on": None, "phones": (), "road_address": ""},
            MatchDegree.NEW,
            "이름 없음, 생년월일 없음, 전화 없음, 주소 없음",
        ),
    ],
)
def test_the_degree_and_its_reason(changed: dict[str, object], degree: MatchDegree, reason: str) -> None:
    match = judge_match(LISTED, replace(SAME, **changed))  # type: ignore[arg-type]
    assert (match.degree, match.reason) == (degree, reason)


def test_the_telephone_of_a_household_is_a_persons_own_only_at_the_same_door() -> None:
    shared = replace(SAME, shared_phones=SAME.phones)
    assert judge_match(LISTED, shared).degree is MatchDegree.EXACT
    moved = judge_match(LISTED, replace(shared, unit="103-1"))
    assert (moved.degree, moved.reason) == (MatchDegree.LIKELY, "이름·생년월일·전화 일치, 주소 다름")


@pytest.mark.parametrize("name", ["김*자", "김○자", "김OO", "김순자아기", "김"])
def test_a_name_that_may_be_a_twins_is_never_sure(name: str) -> None:
    match = judge_match(replace(LISTED, name=name), replace(SAME, name=name))
    assert match.degree is MatchDegree.LIKELY


def test_a_man_is_not_surely_a_woman() -> None:
    match = judge_match(replace(LISTED, sex=Sex.MALE), replace(SAME, sex=Sex.FEMALE))
    assert (match.degree, match.reason) == (MatchDegree.LIKELY, "이름·생년월일·전화·주소 일치, 성별 다름")
    assert judge_match(replace(LISTED, sex=Sex.MALE), SAME).degree is MatchDegree.EXACT


@pytest.mark.parametrize(
    ("road", "lot", "unit", "agreement"),
    [
        ("", "가람동 12-3", "102-842", Agreement.SAME),
        ("가람동 12-3번지", "", "102-842", Agreement.SAME),
        ("다솜로12번길 25", "가람동 99", "102동 842호", Agreement.SAME),
        ("다솜로12번길 26", "가람동 12-3", "102동 842호", Agreement.DIFFERENT),
        ("", "가람동 12-4", "102동 842호", Agreement.DIFFERENT),
        ("서울 한빛구 다솜로 12번길 25(가람동)", "", "한빛아파트 제102동 제842호", Agreement.SAME),
        ("", "", "102동 842호", Agreement.MISSING),
    ],
)
def test_a_door_is_known_by_road_or_by_lot(road: str, lot: str, unit: str, agreement: Agreement) -> None:
    listed = replace(LISTED, lot_address="한빛구 가람동 12-3")
    match = judge_match(listed, Candidate("이웃", None, (), road, lot, unit))
    assert Trait.ADDRESS in match.traits(agreement)


def test_a_number_that_only_fills_the_cell_proves_nothing() -> None:
    listed = replace(LISTED, phone="01000000000")
    match = judge_match(listed, replace(SAME, phones=("01000000000",)))
    assert match.degree is MatchDegree.LIKELY
    assert Trait.PHONE in match.traits(Agreement.MISSING)


def test_both_sides_are_shown_as_people_read_them() -> None:
    match = judge_match(LISTED, SAME)
    assert [(found.listed, found.recorded) for found in match.comparisons] == [
        ("김순자", "김순자"),
        ("1948-03-02", "1948-03-02"),
        ("010-0412-7788", "010-0412-7788"),
        ("한빛구 다솜로12번길 25, 102동 842호", "다솜로 12번길 25, 102-842"),
    ]


def test_lot_addresses_are_compared_where_there_is_no_road() -> None:
    listed = replace(LISTED, road_address="", lot_address="한빛구 가람동 12-3번지", unit="")
    match = judge_match(listed, Candidate("이웃", road_address="", lot_address="가람동 12-3"))
    assert match.degree is MatchDegree.LIKELY


def test_the_surest_of_several_candidates_is_the_one_that_agrees_most() -> None:
    likely = replace(SAME, phones=("01009999998",), unit="1")
    stranger = Candidate("이영희", date(1990, 1, 1), ("01005555556",))
    matches = [judge_match(LISTED, candidate) for candidate in (stranger, likely, SAME)]
    assert [match.degree for match in matches] == [MatchDegree.NEW, MatchDegree.LIKELY, MatchDegree.EXACT]
    assert sorted(matches, key=sureness) == matches


names = st.sampled_from(["김순자", "김 순자", "박철수", "Nguyen Thi Hoa"])
days = st.sampled_from([date(1948, 3, 2), date(1950, 1, 1)])
numbers = st.sampled_from(["", "01004127788", "01004127789", "01000000000"])
roads = st.sampled_from(["", "가람로 1", "한빛구 가람로 1", "가람로 2", "파란 대문"])
units = st.sampled_from(["", "101호", "2층 101호", "반지하"])
listed_people = st.builds(
    ListedPerson, row_number=st.just(1), name=names, birth_on=days, phone=numbers, road_address=roads, unit=units
)


@steady
@given(listed_people, listed_people)
def test_it_does_not_matter_who_is_compared_with_whom(one: ListedPerson, other: ListedPerson) -> None:
    there, back = judge_match(one, Candidate.of(other)), judge_match(other, Candidate.of(one))
    assert (there.degree, there.reason) == (back.degree, back.reason)


@steady
@given(listed_people)
def test_everybody_is_at_least_likely_to_be_themselves(person: ListedPerson) -> None:
    assert judge_match(person, Candidate.of(person)).degree is not MatchDegree.NEW
