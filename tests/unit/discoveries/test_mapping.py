"""Columns that a person names."""

from __future__ import annotations

import pytest
from app.core.tables.rows import TableRow
from app.discoveries.rules import ListColumn, Reference, judge_list
from app.discoveries.rules.mapping import (
    file_columns,
    headings_key,
    likely_heading,
    mapped_heading,
    missing_columns,
    row_words,
    without_serials,
)

ROWS = (
    TableRow(1, ("2026년 통장 제보 명단", "", "")),
    TableRow(2, ("순", "누구", "언제 났나", "", "연락처")),
    TableRow(3, ("1", "김순자", "420315-2123456", "", "010-2646-2265")),
    TableRow(4, ("2", "박막례", "1947-01-02", "무릎이 아픔", "")),
)
COLUMNS = {ListColumn.NAME: (1,), ListColumn.BIRTH: (2,), ListColumn.NOTE: (3,)}


def test_the_row_with_the_most_known_words_is_taken_for_the_heading() -> None:
    heading = likely_heading(ROWS)
    assert heading is not None
    assert heading.number == 2


def test_nothing_looks_like_a_heading_where_no_row_has_two_cells() -> None:
    assert likely_heading([TableRow(1, ("가",)), TableRow(2, ("나", ""))]) is None


def test_each_column_shows_its_heading_samples_and_what_it_says_by_itself() -> None:
    shown = file_columns(ROWS, ROWS[1])
    assert [(column.at, column.heading, column.means) for column in shown] == [
        (0, "순", ListColumn.NUMBER), (1, "누구", None), (2, "언제 났나", None), (3, "", None), (4, "연락처", ListColumn.PHONE),
    ]  # fmt: skip
    assert shown[2].samples == ("420315-*******", "1947-01-02")


def test_a_file_is_read_as_its_columns_were_named(reference: Reference) -> None:
    result = judge_list(ROWS, reference, heading=mapped_heading(ROWS[1], COLUMNS))
    assert [(row.person.name, str(row.person.birth_on), row.person.note) for row in result.rows if row.person] == [
        ("김순자", "1942-03-15", ""),
        ("박막례", "1947-01-02", "무릎이 아픔"),
    ]


def test_what_is_put_by_holds_no_resident_number_and_reads_as_the_file_itself(reference: Reference) -> None:
    kept = [without_serials(row) for row in ROWS]
    assert kept[2].cells[2] == "420315-2000000"
    heading = mapped_heading(ROWS[1], COLUMNS)
    assert judge_list(kept, reference, heading=heading) == judge_list(ROWS, reference, heading=heading)


@pytest.mark.parametrize(
    ("cells", "is_same"),
    [
        (("순", " 누구 ", "언제\n났나", "", "연락처"), True),
        (("순", "누구", "언제 났나", "", "연락처", "", ""), True),
        (("순", "언제 났나", "누구", "", "연락처"), False),
        (("순", "누구", "언제 났나", "비고", "연락처"), False),
    ],
)
def test_a_heading_row_is_known_again_however_it_is_spaced(cells: tuple[str, ...], is_same: bool) -> None:
    assert (headings_key(cells) == headings_key(ROWS[1].cells)) is is_same


def test_name_and_birth_date_have_to_be_named() -> None:
    assert missing_columns(COLUMNS) == []
    assert missing_columns({ListColumn.NAME: (1,), ListColumn.BIRTH: ()}) == [ListColumn.BIRTH]


def test_a_row_on_one_line_shows_no_resident_number() -> None:
    assert row_words(ROWS[2].cells) == "1 · 김순자 · 420315-******* · 010-2646-2265"
