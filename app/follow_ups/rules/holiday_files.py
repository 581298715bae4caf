"""A file of days off: what becomes of each row. Pure.

It may be our own form, an office's list, or what 한국천문연구원 gives as 특일정보 (dateName, isHoliday, locdate).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.core.errors import RuleBroken
from app.core.labelled import Labelled
from app.core.tables.rows import TableRow
from app.core.text import normalise
from app.follow_ups.rules.holiday_changes import (
    DayChange,
    DayVerb,
    KnownDay,
    refuse_unfit,
    refuse_unwritten,
    weekend_remark,
)
from app.follow_ups.rules.holiday_columns import FileColumn, Heading, find_heading, rows_below
from app.follow_ups.rules.holiday_dates import DayError, read_day
from app.follow_ups.rules.vocabulary import HolidayKind

MOST_ROWS = 1000
"""Thirty years of holidays; more is another list."""


class RowFate(Labelled):
    """What becomes of a row."""

    ADD = "ADD", "추가"
    FIX = "FIX", "고칠 것"
    KNOWN = "KNOWN", "이미 있음"
    LEAVE = "LEAVE", "넣지 않음"


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row with what becomes of it, and why."""

    number: int
    """As the spreadsheet numbers it."""
    fate: RowFate
    reason: str
    on: date | None
    name: str
    typed: str
    """The row as it stands in the file, for one that must be put right."""
    kind: HolidayKind | None = None
    note: str = ""

    @property
    def change(self) -> DayChange:
        """The day as it would be added.

        Raises:
            ValueError: a row that is not to be added has none.
        """
        if self.fate is not RowFate.ADD or self.on is None:
            raise ValueError("nothing is added by this row")
        return DayChange(DayVerb.ADD, self.on, self.name, self.kind, self.note)


_YES = frozenset({"y", "yes", "true", "t", "1", "예", "o", "휴일", "공휴일", "휴무"})
_NO = frozenset({"n", "no", "false", "f", "0", "아니오", "아니요", "x", "평일", "근무"})
_CODES = re.compile(r"0?[1-4]")
"""What 특일정보 calls 국경일, 기념일, 24절기 and 잡절: it says nothing about who rests."""
_PUBLIC_KINDS = frozenset({"공휴일", "법정공휴일", "국경일", "관공서공휴일", "명절"})
_NO_DAYS_OFF = frozenset({"기념일", "24절기", "절기", "잡절", "행사"})
_KIND_WORDS = (
    (HolidayKind.SUBSTITUTE, ("대체",)),
    (HolidayKind.TEMPORARY, ("임시",)),
    (HolidayKind.ELECTION, ("선거",)),
    (HolidayKind.LOCAL, ("지방", "지역", "시군구", "구민", "시민", "군민", "도민")),
    (HolidayKind.AGENCY, ("기관", "청사", "개청", "개관", "창립", "사내", "자체")),
)


def read_rows(
    rows: Sequence[TableRow], known: Mapping[date, KnownDay], *, otherwise: HolidayKind, today: date, years: range
) -> list[FileRow]:
    """What becomes of each row that is a day; blank rows, titles and repeated headings are nobody's.

    Args:
        rows: the whole table.
        known: what stands about each date; one that is missing is an ordinary day.
        otherwise: what a day is whose row does not say.
        years: the years whose public holidays are known.

    Raises:
        RuleBroken: HOLIDAYS_NO_HEADING when no row names a date and a name; HOLIDAYS_TOO_MANY beyond MOST_ROWS.
    """
    heading = find_heading(rows)
    reading = _Reading(heading, known, otherwise, today, years)
    return [reading.row(row) for row in _days_of(rows, heading)]


def _days_of(rows: Sequence[TableRow], heading: Heading) -> list[TableRow]:
    found = list(rows_below(rows, heading))
    if len(found) > MOST_ROWS:
        raise RuleBroken("HOLIDAYS_TOO_MANY", f"휴무일 파일은 {MOST_ROWS:,}줄까지 읽습니다.", field="file")
    return found


class _Reading:
    """Judges one row after another and remembers which days it has met."""

    def __init__(
        self, heading: Heading, known: Mapping[date, KnownDay], otherwise: HolidayKind, today: date, years: range
    ) -> None:
        self._heading, self._known, self._otherwise = heading, known, otherwise
        self._today, self._years = today, years
        self._met: dict[date, int] = {}

    def row(self, row: TableRow) -> FileRow:
        name, note = self._text(row, FileColumn.NAME), self._text(row, FileColumn.NOTE)
        try:
            on = read_day(self._text(row, FileColumn.DATE), weekday=self._text(row, FileColumn.WEEKDAY))
            kind = self._kind(self._text(row, FileColumn.KIND), name)
        except DayError as error:
            if sum(map(bool, row.cells)) == 1:
                return _told(row, RowFate.LEAVE, "날짜가 없는 줄입니다.", None, name)
            return _told(row, RowFate.FIX, f"{error}.", None, name)
        fate, reason = self._fate(row, DayChange(DayVerb.ADD, on, name, kind, note))
        if fate is RowFate.ADD:
            self._met[on] = row.number
        return _told(row, fate, reason, on, name, kind, note)

    def _text(self, row: TableRow, column: FileColumn) -> str:
        return self._heading.text(row, column)

    def _fate(self, row: TableRow, change: DayChange) -> tuple[RowFate, str]:
        known = self._known.get(change.on, KnownDay(change.on))
        said, kind = self._text(row, FileColumn.IS_HOLIDAY).casefold(), self._text(row, FileColumn.KIND)
        if said in _NO or (not said and kind in _NO_DAYS_OFF):
            return RowFate.LEAVE, _not_off(known)
        if said and said not in _YES:
            return RowFate.FIX, "휴일인지 아닌지를 Y나 N으로 적어 주세요."
        if change.on in self._met:
            return RowFate.KNOWN, f"{self._met[change.on]}행과 같은 날입니다."
        return self._judged(change, known)

    def _judged(self, change: DayChange, known: KnownDay) -> tuple[RowFate, str]:
        if known.added_as is not None:
            as_named = "" if known.added_as == change.name else f" 이름은 «{known.added_as}»입니다."
            return RowFate.KNOWN, f"이미 추가한 날입니다.{as_named}"
        if known.public_name is not None and not known.is_taken:
            return RowFate.KNOWN, f"공휴일입니다: {known.public_name}"
        try:
            refuse_unfit(change, known, today=self._today, years=self._years)
            refuse_unwritten(change)
        except RuleBroken as broken:
            return (RowFate.LEAVE if broken.code == "PAST_DAY" else RowFate.FIX), broken.text
        return RowFate.ADD, weekend_remark(change.on)

    def _kind(self, text: str, name: str) -> HolidayKind:
        """What the row says; where it says nothing of use, what the name tells.

        Raises:
            DayError: a word that is no kind of day.
        """
        if (told := _kind_in(text)) is not None:
            return told
        if text and not _CODES.fullmatch(text) and text.replace(" ", "") not in _PUBLIC_KINDS | _NO_DAYS_OFF:
            raise DayError(
                f"«{text}» 구분은 알 수 없습니다. {', '.join(kind.label for kind in HolidayKind)} 가운데 적어 주세요"
            )
        return _kind_in(name) or self._otherwise


def _not_off(known: KnownDay) -> str:
    if known.public_name is not None and not known.is_taken:
        return "파일에는 쉬지 않는 날인데 공휴일 자료에는 있습니다. 근무하는 날이면 목록에서 바꾸어 주세요."
    return "쉬지 않는 날로 적혀 있습니다."


def _kind_in(text: str) -> HolidayKind | None:
    compact = text.replace(" ", "").upper()
    if compact in set(HolidayKind):
        return HolidayKind(compact)
    return next((kind for kind, words in _KIND_WORDS if any(word in compact for word in words)), None)


def _told(
    row: TableRow, fate: RowFate, reason: str, on: date | None, name: str, kind: HolidayKind | None = None, note: str = ""
) -> FileRow:  # fmt: skip
    typed = " · ".join(normalise(cell) for cell in row.cells if cell.strip())
    return FileRow(row.number, fate, reason, on, name, typed, kind, note)
