"""Writes tables that open safely in any spreadsheet: text stays text, and nothing is ever a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TypeAlias

import xlsxwriter

from app.core.tables.formulas import neutralise
from app.core.tables.rows import refuse

Cell: TypeAlias = str | int | float | date | datetime | None
MAX_LETTERS_IN_CELL = 32_767
"""What Excel can show in one cell; longer text is cut and says so."""

_MAX_ROWS = 1_048_576
_CUT = "…(이하 줄임)"
_WIDEST, _NARROWEST = 60, 6


def write_xlsx(rows: Iterable[Sequence[Cell]], *, sheet: str, heading_rows: int = 1) -> bytes:
    """The rows as one XLSX sheet; text cells have the text format, so «01012345678» keeps its zero.

    Args:
        rows: the heading rows first.
        sheet: the sheet's name; what Excel does not allow in one is left out, and it is cut at 31 letters.
        heading_rows: how many rows are bold and stay in view.

    Raises:
        TableError: more rows than a sheet can hold (TABLE_TOO_LARGE).
    """
    kept = [tuple(row) for row in rows]
    if len(kept) > _MAX_ROWS:
        raise refuse("TOO_LARGE", f"엑셀 한 장에 담을 수 있는 {_MAX_ROWS:,}행을 넘습니다.")
    out = io.BytesIO()
    # in_memory: personal records must not pass through files in the system's temporary folder
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        _fill(book, book.add_worksheet(_sheet_name(sheet)), kept, heading_rows)
    return out.getvalue()


def _fill(
    book: xlsxwriter.Workbook, page: xlsxwriter.worksheet.Worksheet, rows: list[tuple[Cell, ...]], bold: int
) -> None:
    body = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
    heading = book.add_format({"num_format": "@", "bold": True, "bottom": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
    page.freeze_panes(bold, 0)
    for at, width in enumerate(_widths(rows)):
        page.set_column(at, at, width)
    for number, row in enumerate(rows):
        for at, cell in enumerate(row):
            if isinstance(cell, date):
                page.write_datetime(number, at, cell, day)
            elif isinstance(cell, int | float):
                page.write_number(number, at, cell)
            elif cell is not None:
                page.write_string(number, at, _writable(cell), heading if number < bold else body)


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _writable(cell)
    return cell.isoformat(sep=" ") if isinstance(cell, datetime) else str(cell)


def _writable(text: str) -> str:
    text = neutralise(text)
    return text if len(text) <= MAX_LETTERS_IN_CELL else text[: MAX_LETTERS_IN_CELL - len(_CUT)] + _CUT


def _sheet_name(name: str) -> str:
    kept = "".join(letter for letter in name if letter not in "[]:*?/\\" and letter.isprintable())
    return kept[:31].strip("'").strip() or "목록"


def _widths(rows: list[tuple[Cell, ...]]) -> list[int]:
    """Enough for the first rows; a Korean letter is two wide."""
    widths: list[int] = []
    for row in rows[:200]:
        widths += [_NARROWEST] * (len(row) - len(widths))
        for at, cell in enumerate(row):
            widths[at] = max(widths[at], min(_width(cell), _WIDEST))
    return widths


def _width(cell: Cell) -> int:
    lines = _plain(cell)[:500].split("\n")
    return 2 + max(sum(2 if ord(letter) > 0x10FF else 1 for letter in line) for line in lines)
