"""A whole list, judged: every line has one result, nobody is lost and nobody is counted twice."""

from __future__ import annotations

from collections import Counter

import pytest
from app.core.tables.rows import TableRow
from app.discoveries.rules import (
    HeadingNotFound,
    ImportResult,
    MatchDegree,
    Reference,
    RowOutcome,
    SkippedLine,
    judge_list,
)
from hypothesis import given, settings
from hypothesis import strategies as st

steady = settings(deadline=None)  # judged by result; a busy machine must not fail it

HEADING = ("연번", "성명", "생년월일", "전화번호", "행정동", "주소", "위기정보", "체납개월수", "비고")

name_cells = st.sampled_from(["김순자", " 김순자", "박철수", "이영희", "남궁 민", "", "합계", "123", "성명"])
birth_cells = st.sampled_from(["1950-01-01", "1950. 1. 1.", "500101", "19610302", "19571332", "", "생년월일"])
phone_cells = st.sampled_from(["", "010-0412-7788", "01004127788", "010-0999-1111", "010-0000-0000", "없음"])
dong_cells = st.sampled_from(["가람동", "가람동", "나래동", "없는동", ""])
address_cells = st.sampled_from(["", "한빛구 가람로 1", "가람로 1, 101호", "가람동 12-3"])
crisis_cells = st.sampled_from(["", "단전", "단수, 단전", "미지"])
month_cells = st.sampled_from(["", "3", "석달"])
note_cells = st.sampled_from(["", "메모", "주민 480302-1234567"])
number_cells = st.sampled_from(["", "1", "2", "합계", "소계"])
rows_of_cells = st.one_of(
    st.tuples(
        number_cells,
        name_cells,
        birth_cells,
        phone_cells,
        dong_cells,
        address_cells,
        crisis_cells,
        month_cells,
        note_cells,
    ),
    st.lists(st.text(max_size=6), max_size=11).map(tuple),
    st.sampled_from([(), HEADING, ("합계", "9명"), ("※ 안내",)]),
)
lists_of_rows = st.lists(rows_of_cells, max_size=25)


def table(*rows: tuple[str, ...]) -> list[TableRow]:
    return [TableRow(number, cells) for number, cells in enumerate((("명단",), HEADING, *rows), start=1)]


def row(
    name: str = "김순자", birth: str = "1950-01-01", phone: str = "", crises: str = "", **more: str
) -> tuple[str, ...]:
    return (
        more.get("number", ""), name, birth, phone, more.get("dong", "가람동"), more.get("address", ""), crises,
        more.get("months", ""), more.get("note", ""),
    )  # fmt: skip


def outcomes(result: ImportResult) -> list[RowOutcome]:
    return [row.outcome for row in result.rows]


class TestEveryRowHasAResult:
    @steady
    @given(rows=lists_of_rows)
    def test_every_line_below_the_heading_is_a_person_or_skipped_once(
        self, rows: list[tuple[str, ...]], reference: Reference
    ) -> None:
        result = judge_list(table(*rows), reference)
        numbers = [row.row_number for row in result.rows] + [line.row_number for line in result.skipped]
        assert sorted(numbers) == list(range(3, 3 + len(rows)))

    @steady
    @given(rows=lists_of_rows)
    def test_the_counts_add_up(self, rows: list[tuple[str, ...]], reference: Reference) -> None:
        result = judge_list(table(*rows), reference)
        assert sum(result.counts.values()) == result.people_rows == len(rows) - len(result.skipped)
        assert result.good + result.counts[RowOutcome.BAD] == result.people_rows
        assert len(result.people) == result.counts[RowOutcome.NEW]
        assert len(result.rows_to_fix()) == 1 + result.counts[RowOutcome.BAD]

    @steady
    @given(rows=lists_of_rows)
    def test_a_row_is_bad_exactly_when_a_reason_says_so(
        self, rows: list[tuple[str, ...]], reference: Reference
    ) -> None:
        for judged in judge_list(table(*rows), reference).rows:
            assert bool(judged.problems) == (judged.outcome is RowOutcome.BAD) == (judged.person is None)
            assert bool(judged.reason) == (judged.outcome is not RowOutcome.NEW)

    @steady
    @given(rows=lists_of_rows)
    def test_a_row_is_joined_or_held_only_because_of_an_earlier_good_one(
        self, rows: list[tuple[str, ...]], reference: Reference
    ) -> None:
        result = judge_list(table(*rows), reference)
        by_number = {judged.row_number: judged for judged in result.rows}
        for judged in result.rows:
            if judged.earlier is None:
                assert judged.outcome in (RowOutcome.NEW, RowOutcome.BAD)
                continue
            first = by_number[judged.earlier.row_number]
            assert first.row_number < judged.row_number
            assert first.outcome in (RowOutcome.NEW, RowOutcome.HELD)
            assert (judged.earlier.degree is MatchDegree.EXACT) == (judged.outcome is RowOutcome.JOINED)

    @steady
    @given(rows=lists_of_rows)
    def test_joined_rows_are_told_by_the_row_they_were_joined_to(
        self, rows: list[tuple[str, ...]], reference: Reference
    ) -> None:
        result = judge_list(table(*rows), reference)
        told = Counter(
            number for judged in result.rows if judged.person is not None for number in judged.person.joined_rows
        )
        assert told == Counter(judged.row_number for judged in result.with_outcome(RowOutcome.JOINED))

    @steady
    @given(rows=lists_of_rows)
    def test_the_same_rows_below_once_more_add_nobody(self, rows: list[tuple[str, ...]], reference: Reference) -> None:
        once, twice = judge_list(table(*rows), reference), judge_list(table(*rows, *rows), reference)
        assert twice.people_rows == 2 * once.people_rows
        assert outcomes(twice)[: once.people_rows] == outcomes(once)
        assert set(outcomes(twice)[once.people_rows :]) <= {RowOutcome.JOINED, RowOutcome.BAD}

    @steady
    @given(rows=lists_of_rows)
    def test_no_resident_number_is_left_in_a_result(self, rows: list[tuple[str, ...]], reference: Reference) -> None:
        assert "1234567" not in repr(judge_list(table(*rows), reference))

    @steady
    @given(rows=lists_of_rows)
    def test_judging_is_pure(self, rows: list[tuple[str, ...]], reference: Reference) -> None:
        assert judge_list(table(*rows), reference) == judge_list(table(*rows), reference)


class TestTheSamePersonTwice:
    def test_name_birth_date_and_telephone_join_whatever_their_spelling(self, reference: Reference) -> None:
        rows = [row(phone="010-0412-7788"), row(name="김 순자", birth="500101", phone="1004127788")]
        assert outcomes(judge_list(table(*rows), reference)) == [RowOutcome.NEW, RowOutcome.JOINED]

    def test_what_a_later_row_adds_is_not_lost(self, reference: Reference) -> None:
        first = row(phone="010-0412-7788", crises="단전", months="3", note="하나", address="한빛구 가람로 1")
        second = row(phone="010-0412-7788", crises="단수, 단전", months="5", note="둘", address="한빛구 나래길 2")
        [person] = judge_list(table(first, second), reference).people
        assert person.crisis_codes == ("CI_POWER_CUT", "CI_WATER_CUT")
        assert (person.months_in_arrears, person.note, person.joined_rows) == (5, "하나\n둘", (4,))
        assert person.road_address == "한빛구 가람로 1"
        assert person.remarks == ("4행의 주소: 한빛구 나래길 2",)

    def test_rows_alike_in_every_word_join_without_a_telephone(self, reference: Reference) -> None:
        rows = [row(number="1", crises="단전"), row(number="7", crises="단전")]
        assert outcomes(judge_list(table(*rows), reference)) == [RowOutcome.NEW, RowOutcome.JOINED]

    @pytest.mark.parametrize(
        ("second", "reason"),
        [
            (row(phone="010-0999-1111"), "이름·생년월일 일치, 전화 다름, 주소 없음"),
            (row(birth="19610302", phone="010-0412-7788"), "이름·전화 일치, 생년월일 다름, 주소 없음"),
            (row(name="김순애", phone="010-0412-7788"), "생년월일·전화 일치, 이름 다름, 주소 없음"),
        ],
    )
    def test_two_of_three_are_held_with_the_reason(
        self, second: tuple[str, ...], reason: str, reference: Reference
    ) -> None:
        [_, held] = judge_list(table(row(phone="010-0412-7788"), second), reference).rows
        assert (held.outcome, held.reason) == (RowOutcome.HELD, f"3행과 같은 사람일 수 있음: {reason}")

    def test_a_family_at_one_address_is_not_held(self, reference: Reference) -> None:
        rows = [row(address="가람로 1"), row(name="박철수", birth="19480302", address="가람로 1")]
        assert outcomes(judge_list(table(*rows), reference)) == [RowOutcome.NEW, RowOutcome.NEW]

    def test_the_same_name_at_the_same_address_is_held(self, reference: Reference) -> None:
        rows = [row(address="가람로 1"), row(birth="19500111", address="가람로 1")]
        assert outcomes(judge_list(table(*rows), reference)) == [RowOutcome.NEW, RowOutcome.HELD]

    def test_a_number_that_only_fills_the_cell_joins_nobody(self, reference: Reference) -> None:
        rows = [row(phone="010-0000-0000"), row(name="박철수", phone="010-0000-0000")]
        assert outcomes(judge_list(table(*rows), reference)) == [RowOutcome.NEW, RowOutcome.NEW]

    def test_a_name_a_slip_away_on_the_same_day_of_birth_is_held(self, reference: Reference) -> None:
        rows = [row(name="류순자"), row(name="유순자"), row(name="유순자", birth="19600101")]
        result = judge_list(table(*rows), reference)
        assert outcomes(result) == [RowOutcome.NEW, RowOutcome.HELD, RowOutcome.NEW]
        assert result.rows[1].reason == "3행과 같은 사람일 수 있음: 생년월일 일치, 이름 비슷함, 전화 없음, 주소 없음"

    def test_twins_whose_names_are_covered_up_are_never_joined(self, reference: Reference) -> None:
        rows = [row(name="김민*", phone="010-0412-7788")] * 2
        assert outcomes(judge_list(table(*rows), reference)) == [RowOutcome.NEW, RowOutcome.HELD]

    def test_a_man_and_a_woman_are_not_joined(self, reference: Reference) -> None:
        heading = ("성명", "생년월일", "전화번호", "성별")
        rows = [("김순자", "1950-01-01", "010-0412-7788", sex) for sex in ("남", "여")]
        lines = [TableRow(number, cells) for number, cells in enumerate((heading, *rows), start=1)]
        result = judge_list(lines, reference)
        assert outcomes(result) == [RowOutcome.NEW, RowOutcome.HELD]
        assert "성별 다름" in result.rows[1].reason

    def test_one_door_spelt_in_two_ways_is_one(self, reference: Reference) -> None:
        rows = [row(address="가람로20가길 1, 102동 842호"), row(birth="19600111", address="가람로 20 가길 1 102-842")]
        assert outcomes(judge_list(table(*rows), reference)) == [RowOutcome.NEW, RowOutcome.HELD]

    def test_a_third_row_joins_the_held_one(self, reference: Reference) -> None:
        rows = [row(phone="010-0412-7788"), row(phone="010-0999-1111"), row(phone="010-0999-1111", note="또")]
        result = judge_list(table(*rows), reference)
        assert outcomes(result) == [RowOutcome.NEW, RowOutcome.HELD, RowOutcome.JOINED]
        assert result.rows[2].earlier is not None
        assert result.rows[2].earlier.row_number == 4


class TestFingerprints:
    def test_spelling_place_and_number_of_a_row_make_no_difference(self, reference: Reference) -> None:
        one = judge_list(table(row(number="1", birth="1950-01-01", phone="010-0412-7788")), reference)
        other = judge_list(table((), row(number="8", birth="500101", phone="01004127788")), reference)
        assert one.rows[0].fingerprint == other.rows[0].fingerprint
        assert one.fingerprint == other.fingerprint

    @pytest.mark.parametrize(
        "changed",
        [row(name="박철수"), row(birth="19500102"), row(phone="010-0412-7788"), row(crises="단전"),
         row(months="3"), row(note="메모"), row(address="가람로 1"), row(dong="나래동"), row(months="석달")],
    )  # fmt: skip
    def test_anything_else_makes_a_difference(self, changed: tuple[str, ...], reference: Reference) -> None:
        one, other = judge_list(table(row()), reference), judge_list(table(changed), reference)
        assert one.rows[0].fingerprint != other.rows[0].fingerprint
        assert one.fingerprint != other.fingerprint


class TestWording:
    def test_a_total_that_disagrees_is_told(self, reference: Reference) -> None:
        result = judge_list(table(row(), ("합계", "3명")), reference)
        assert result.summary() == (
            "사람 1줄: 새로 담음 1",
            "사람이 아닌 줄: 합계 줄 1",
            "합계 줄에는 3명, 명단에는 1줄이 있습니다.",
        )

    def test_an_empty_list_says_so(self, reference: Reference) -> None:
        result = judge_list(table(), reference)
        assert result.summary() == ("사람 0줄: 없음",)
        assert result.rows_to_fix() == [(*HEADING, "사유")]

    def test_the_heading_on_every_page_is_skipped(self, reference: Reference) -> None:
        result = judge_list(table(row(), HEADING, row(name="박철수")), reference)
        assert [line.kind for line in result.skipped] == [SkippedLine.HEADING]

    def test_a_table_that_is_no_list_is_refused(self, reference: Reference) -> None:
        with pytest.raises(HeadingNotFound):
            judge_list([TableRow(1, ("품목", "수량")), TableRow(2, ("연필", "3"))], reference)
