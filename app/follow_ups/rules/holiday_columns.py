"""Which column of a file of days off is which, told by its heading. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.core.errors import RuleBroken
from app.core.labelled import Labelled
from app.core.tables.rows import TableRow
from app.core.text import normalise

LOOKED_AT_ROWS = 30


class FileColumn(Labelled):
    """What a column of such a file may hold."""

    DATE = "DATE", "날짜"
    NAME = "NAME", "이름"
    KIND = "KIND", "구분"
    NOTE = "NOTE", "비고"
    WEEKDAY = "WEEKDAY", "요일"
    IS_HOLIDAY = "IS_HOLIDAY", "공공기관 휴일 여부"


_HEADINGS: Mapping[FileColumn, str] = {
    FileColumn.DATE: "날짜 일자 휴무일자 휴일일자 공휴일자 휴무날짜 휴일날짜 연월일 년월일 기준일 기준일자 지정일 양력 양력일자 "
    "locdate date startdate solardate",
    FileColumn.NAME: "이름 명칭 휴일명 휴무일명 공휴일명 휴일이름 휴일명칭 공휴일명칭 휴무명 특일명 특일명칭 기념일명 행사명 명 "
    "datename name subject summary",
    FileColumn.KIND: "구분 종류 유형 분류 휴일구분 휴무구분 공휴일구분 휴무종류 휴일종류 kind type",
    FileColumn.NOTE: "비고 메모 근거 관련근거 지정근거 참고 출처 고시 공고 note remark remarks description",
    FileColumn.WEEKDAY: "요일 weekday",
    FileColumn.IS_HOLIDAY: "isholiday 공공기관휴일여부 휴일여부 공휴일여부 휴무여부",
}
_MEANINGS = {word: column for column, words in _HEADINGS.items() for word in words.split()}
_DATE_OR_NAME = frozenset({"휴무일", "휴일", "공휴일"})
"""Headings that stand over dates in one file and over names in the next: they are what the file lacks otherwise."""
_NAME_OR_NOTE = frozenset({"내용", "사유", "휴무사유"})
_NEEDED = (FileColumn.DATE, FileColumn.NAME)
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NOT_A_LETTER = re.compile(r"[^a-z가-힣]")


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading row and where its columns stand."""

    number: int
    columns: Mapping[FileColumn, int]

    @property
    def is_complete(self) -> bool:
        """Whether it names all that a list of days off must have."""
        return all(column in self.columns for column in _NEEDED)

    def text(self, row: TableRow, column: FileColumn) -> str:
        """What a row says in a column, with single spaces; "" where the file has no such column."""
        at = self.columns.get(column)
        return normalise(row.cells[at]) if at is not None and at < len(row.cells) else ""


def find_heading(rows: Sequence[TableRow]) -> Heading:
    """The first row among the first 30 that names a date and a name.

    Raises:
        RuleBroken: HOLIDAYS_NO_HEADING; the text names what is missing.
    """
    headings = [_read(row) for row in rows[:LOOKED_AT_ROWS]]
    for heading in headings:
        if heading.is_complete:
            return heading
    nearest: Mapping[FileColumn, int] = max((each.columns for each in headings), key=len, default={})
    missing = ", ".join(f"«{column.label}»" for column in _NEEDED if column not in nearest)
    raise RuleBroken("HOLIDAYS_NO_HEADING", f"제목 줄에서 {missing} 칸을 찾지 못했습니다.", field="file")


def rows_below(rows: Iterable[TableRow], heading: Heading) -> Iterator[TableRow]:
    """The rows that say something; blank ones and headings that are repeated on each printed page are left out."""
    for row in rows:
        if row.number > heading.number and any(cell.strip() for cell in row.cells) and not _read(row).is_complete:
            yield row


def _heading_key(text: str) -> str:
    """«휴 일 명*», «날짜(양력)» and «dateName» as they are compared."""
    plain = _BRACKETED.sub("", unicodedata.normalize("NFKC", text).casefold())
    return _NOT_A_LETTER.sub("", unicodedata.normalize("NFC", plain))


def _read(row: TableRow) -> Heading:
    """The columns a row names. A word of two meanings takes what no other cell of the row says."""
    keys = {at: _heading_key(cell) for at, cell in enumerate(row.cells) if cell}
    columns: dict[FileColumn, int] = {}
    for at, key in keys.items():
        if key in _MEANINGS:
            columns.setdefault(_MEANINGS[key], at)
    _settle(keys, columns, _DATE_OR_NAME, (FileColumn.DATE, FileColumn.NAME))
    _settle(keys, columns, _NAME_OR_NOTE, (FileColumn.NAME, FileColumn.NOTE))
    return Heading(row.number, columns)


def _settle(
    keys: Mapping[int, str], columns: dict[FileColumn, int], words: Iterable[str], order: Iterable[FileColumn]
) -> None:
    for at in (at for at, key in keys.items() if key in words):
        free = next((column for column in order if column not in columns), None)
        if free is not None:
            columns[free] = at
