"""Which column is which, wherever the heading stands and however it is written."""

from __future__ import annotations

import unicodedata

import pytest
from app.core.tables.rows import TableRow
from app.discoveries.rules import HeadingNotFound, ListColumn, find_heading
from app.discoveries.rules.columns import heading_key


def table(*rows: tuple[str, ...]) -> list[TableRow]:
    return [TableRow(number, cells) for number, cells in enumerate(rows, start=1)]


@pytest.mark.parametrize(
    ("written", "column"),
    [
        ("성명", ListColumn.NAME),
        (" 성  명 ", ListColumn.NAME),
        ("성\n명*", ListColumn.NAME),
        (unicodedata.normalize("NFD", "대상자명"), ListColumn.NAME),
        ("이름(세대주)", ListColumn.NAME),
        ("생년월일\n(예: 1950.1.1)", ListColumn.BIRTH),
        ("주민등록번호 앞자리", ListColumn.BIRTH),
        ("성별", ListColumn.SEX),
        ("연락처1", ListColumn.PHONE),
        ("휴대전화", ListColumn.PHONE),
        ("읍·면·동", ListColumn.DONG),
        ("행정동", ListColumn.DONG),
        ("주소", ListColumn.ROAD_ADDRESS),
        ("도로명\n주소", ListColumn.ROAD_ADDRESS),
        ("지번 주소", ListColumn.LOT_ADDRESS),
        ("동·호수", ListColumn.UNIT),
        ("위기 사유", ListColumn.CRISES),
        ("체납\n개월수", ListColumn.MONTHS),
        ("이전 발굴횟수", ListColumn.PREVIOUS),
        ("비고", ListColumn.NOTE),
        ("No.", ListColumn.NUMBER),
    ],
)
def test_a_heading_is_known_however_it_is_written(written: str, column: ListColumn) -> None:
    own = {ListColumn.NAME: "성명", ListColumn.BIRTH: "생년월일", ListColumn.DONG: "행정동"}
    others = [text for other, text in own.items() if other is not column]
    heading = find_heading(table((written, *others, "다른 것")))
    assert heading.columns[column] == (0,)


def test_the_heading_is_found_beneath_titles_and_empty_rows() -> None:
    heading = find_heading(table(("2026년 6차 명단",), ("성명", "담당자 확인"), (), ("성명", "생년월일", "주소")))
    assert heading.row_number == 4


def test_of_a_heading_in_two_rows_the_second_counts() -> None:
    first = ("성명", "생년월일", "연락처", "주소", "")
    second = ("성명", "생년월일", "연락처", "도로명", "상세")
    heading = find_heading(table(first, second, ("김순자", "1950-01-01", "", "가람로 1", "반지하")))
    assert heading.row_number == 2
    assert heading.columns[ListColumn.UNIT] == (4,)


def test_two_columns_may_hold_the_same_kind() -> None:
    heading = find_heading(table(("성명", "생년월일", "집전화", "휴대전화")))
    assert heading.columns[ListColumn.PHONE] == (2, 3)


def test_a_source_may_have_its_own_words() -> None:
    rows = table(("모시는 분", "나신 날", "사시는 곳"))
    with pytest.raises(HeadingNotFound):
        find_heading(rows)
    learned = {"모시는 분": ListColumn.NAME, "나신날": ListColumn.BIRTH, "사시는 곳": ListColumn.ROAD_ADDRESS}
    assert find_heading(rows, learned=learned).columns[ListColumn.ROAD_ADDRESS] == (2,)


@pytest.mark.parametrize(
    ("rows", "missing"),
    [
        ([("성명", "성별", "주소", "비고")], "«생년월일»"),
        ([("생년월일", "성별", "주소", "비고")], "«성명»"),
        ([("품목", "수량", "단가"), ("연필", "3", "500")], "«성명», «생년월일»"),
        ([], "«성명», «생년월일»"),
    ],
)
def test_a_list_without_its_columns_is_refused_and_they_are_named(rows: list[tuple[str, ...]], missing: str) -> None:
    with pytest.raises(HeadingNotFound) as refused:
        find_heading(table(*rows))
    assert missing in refused.value.text


def test_a_heading_of_figures_only_keeps_them() -> None:
    assert heading_key("2026") == "2026"
