"""Lines that only look like rows, and rows of which little is left."""

from __future__ import annotations

import pytest
from app.core.tables.rows import TableRow
from app.discoveries.rules import SkippedLine, find_heading
from app.discoveries.rules.lines import declared_total, open_line, skipped_kind

CELLS = ("연번", "성명", "생년월일", "전화번호", "행정동", "위기정보", "비고")
HEADING = find_heading([TableRow(1, CELLS)])


def kind_of(*cells: str) -> SkippedLine | None:
    return skipped_kind(open_line(TableRow(2, cells), len(CELLS)), HEADING)


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ((), SkippedLine.EMPTY),
        (("", " ", "\u3000", "\u200b"), SkippedLine.EMPTY),
        (("51",), SkippedLine.EMPTY),
        (("합계", "182명"), SkippedLine.TOTAL),
        (("", "합 계"), SkippedLine.TOTAL),
        (("총계: 182명",), SkippedLine.TOTAL),
        (("소계", "21명"), SkippedLine.TOTAL),
        (("계",), SkippedLine.TOTAL),
        (("", "", "", "", "총 182명"), SkippedLine.TOTAL),
        (CELLS, SkippedLine.HEADING),
        (("연 번", "성\n명", *CELLS[2:]), SkippedLine.HEADING),
        (("※ 문의: 복지정책과",), SkippedLine.REMARK),
        (("", "이하 여백"), SkippedLine.REMARK),
        (("1. 가람동",), SkippedLine.REMARK),
        (("", "", "", "", "", "", "끝."), SkippedLine.REMARK),
    ],
)
def test_what_is_nobodys_line_is_named(cells: tuple[str, ...], kind: SkippedLine) -> None:
    assert kind_of(*cells) is kind


@pytest.mark.parametrize(
    "cells",
    [
        ("1", "김순자", "1950-01-01"),
        ("1", "", "1950-01-01"),
        ("1", "김순자"),
        ("1", "", "", "010-1234-5678"),
        ("1", "", "", "", "", "단전"),
        ("1", "합계", "1950-01-01"),
        ("1", "계순자", ""),
    ],
)
def test_what_is_somebodys_line_is_never_skipped(cells: tuple[str, ...]) -> None:
    assert kind_of(*cells) is None


@pytest.mark.parametrize(
    ("cells", "total"),
    [(("합계", "1,182명"), 1182), (("총 60명",), 60), (("소계", "21명"), None), (("합계", "", "", "3"), None)],
)
def test_the_lists_own_total_is_read(cells: tuple[str, ...], total: int | None) -> None:
    assert declared_total(open_line(TableRow(2, cells), len(CELLS)), HEADING) == total


def test_a_number_without_end_does_not_take_long() -> None:
    assert kind_of("계" + "9" * 50_000) is SkippedLine.TOTAL
