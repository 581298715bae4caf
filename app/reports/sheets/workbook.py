"""Parts to an XLSX file that prints on A4: title and conditions above, the rules of counting below each table."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, date
from math import ceil
from typing import Any

import xlsxwriter

from app.core.tables.formulas import neutralise
from app.core.tables.writing import MAX_LETTERS_IN_CELL
from app.reports.rules.letterhead import Letterhead
from app.reports.rules.stored import Facts, short_fingerprint
from app.reports.rules.wording import NONE, day, moment
from app.reports.sheets.parts import Cell, Part, Share

HEAD_ROW = 4
"""Where the headings stand, from 0: above them title, conditions, whose print it is, and an empty row."""

_A4 = 9
_NARROWEST, _WIDEST = 9, 56
_FEWEST_LETTERS = 90
"""A line of prose runs over so many columns that it has room for these."""
_UPRIGHT_LETTERS = 95
"""Wider tables are printed across."""
_LINE = 15
_CUT = "…(이하 줄임)"
_STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14, "num_format": "@"},
    "prose": {"text_wrap": True, "valign": "top", "num_format": "@"},
    "head": {
        "bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1, "bg_color": "#EDEDED", "num_format": "@",
    },
    "text": {"text_wrap": True, "valign": "top", "border": 1, "num_format": "@"},
    "count": {"valign": "top", "border": 1, "num_format": "#,##0"},
    "day": {"valign": "top", "align": "center", "border": 1, "num_format": "yyyy-mm-dd"},
    "share": {"valign": "top", "border": 1, "num_format": "0.0%"},
}  # fmt: skip


def bind(facts: Facts, parts: Iterable[Part]) -> bytes:
    """One worksheet a part. Text is written as text, so nothing that a person typed can be run as a formula."""
    out = io.BytesIO()
    # in_memory: personal records must not pass through files in the system's temporary folder
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        head = facts.letterhead
        book.set_properties(
            {
                "title": f"{head.title} {head.document_number}", "subject": head.masking.label,
                "author": f"{head.district} {head.centre}".strip(),
                "created": head.printed_at.astimezone(UTC).replace(tzinfo=None),
            }
        )  # fmt: skip
        styles = _styles(book)
        for part in parts:
            _Worksheet(book.add_worksheet(part.name), part, styles).write(head, f"문서확인 {short_fingerprint(facts)}")
    return out.getvalue()


def _styles(book: Any) -> dict[str, Any]:
    plain = {name: book.add_format(style) for name, style in _STYLES.items()}
    sums = {f"{name} sum": book.add_format({**style, "bold": True, "top": 2}) for name, style in _STYLES.items()}
    return plain | sums


class _Worksheet:
    """One worksheet while it is written, from above to below."""

    def __init__(self, page: Any, part: Part, styles: dict[str, Any]) -> None:
        self._page, self._part, self._styles = page, part, styles
        self._widths = column_widths(part)
        self._row = 0

    def write(self, head: Letterhead, check: str) -> None:
        self._above(head)
        self._table()
        self._below(head)
        self._set_up(check)

    def _above(self, head: Letterhead) -> None:
        self._page.write_string(0, 0, _text(f"{head.title}: {self._part.title}"), self._styles["title"])
        self._row = 1
        office = f"{head.district} {head.centre}".strip()
        self._prose(f"{office} · {head.period}")
        self._prose(f"문서번호 {head.document_number} · 작성일 {day(head.written_on)} · {_print_line(head)}")
        self._row = HEAD_ROW

    def _table(self) -> None:
        for at, heading in enumerate(self._part.headings):
            self._page.write_string(HEAD_ROW, at, _text(heading), self._styles["head"])
        self._row += 1
        for row in self._part.rows:
            self._cells(row, "")
        if not self._part.rows:
            self._page.write_string(self._row, 0, NONE, self._styles["text"])
            self._row += 1
        if self._part.sums:
            self._cells(self._part.sums, " sum")
        if self._part.is_list and self._part.rows:
            self._page.autofilter(HEAD_ROW, 0, HEAD_ROW + len(self._part.rows), len(self._part.headings) - 1)

    def _cells(self, row: Sequence[Cell], kind: str) -> None:
        for at, cell in enumerate(row):
            self._cell(at, cell, kind)
        self._row += 1

    def _cell(self, at: int, cell: Cell, kind: str) -> None:
        if cell is None:
            self._page.write_blank(self._row, at, None, self._styles["text" + kind])
        elif isinstance(cell, str):
            self._page.write_string(self._row, at, _text(cell), self._styles["text" + kind])
        elif isinstance(cell, date):
            self._page.write_datetime(self._row, at, cell, self._styles["day" + kind])
        elif isinstance(cell, Share):
            self._page.write_number(self._row, at, cell.permille / 1000, self._styles["share" + kind])
        else:
            self._page.write_number(self._row, at, cell, self._styles["count" + kind])

    def _below(self, head: Letterhead) -> None:
        if head.counting_rules:
            self._row += 1
            self._page.write_string(self._row, 0, "집계 기준", self._styles["title"])
            self._row += 1
        for rule in head.counting_rules:
            self._prose(f"· {rule}")

    def _prose(self, text: str) -> None:
        """A line over as many columns as it needs, as high as it becomes."""
        last, room = self._room()
        style = self._styles["prose"]
        self._page.merge_range(self._row, 0, self._row, last, "", style)
        self._page.write_string(self._row, 0, _text(text), style)
        self._page.set_row(self._row, _LINE * max(1, ceil(_width(text) * 1.05 / room)))
        self._row += 1

    def _room(self) -> tuple[int, float]:
        """The last column that prose runs over, and how many letters it then has room for."""
        room, at = 0.0, 0
        while at < len(self._widths) or room < _FEWEST_LETTERS:
            room += self._widths[at] if at < len(self._widths) else _NARROWEST
            at += 1
        return max(at - 1, 1), room

    def _set_up(self, check: str) -> None:
        """Widths, what stays in view, and how it is printed."""
        page = self._page
        for at in range(self._room()[0] + 1):
            page.set_column(at, at, self._widths[at] if at < len(self._widths) else _NARROWEST)
        page.freeze_panes(HEAD_ROW + 1, 0)
        page.set_paper(_A4)
        page.fit_to_pages(1, 0)
        page.repeat_rows(HEAD_ROW)
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.8)
        page.set_footer(f"&L개인정보가 들어 있을 수 있는 문서입니다.&C&P/&N쪽&R{check}")
        if sum(self._widths) > _UPRIGHT_LETTERS:
            page.set_landscape()


def column_widths(part: Part) -> list[int]:
    """Letters that each column has room for, by its contents; a Korean letter counts two."""
    rows = [part.headings, *part.rows, part.sums]
    widths = [_NARROWEST] * len(part.headings)
    for row in rows:
        for at, cell in enumerate(row):
            widths[at] = max(widths[at], min(2 + _width(_shown(cell)), _WIDEST))
    return widths


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return "100.0%" if isinstance(cell, Share) else f"{cell:,}" if isinstance(cell, int) else cell


def _width(text: str) -> int:
    return max(sum(2 if ord(letter) > 0x10FF else 1 for letter in line) for line in text.split("\n"))


def _text(text: str) -> str:
    """As it may stand in a cell: harmless should the file be saved as CSV, and no longer than a cell can hold."""
    text = neutralise(text)
    return text if len(text) <= MAX_LETTERS_IN_CELL else text[: MAX_LETTERS_IN_CELL - len(_CUT)] + _CUT


def _print_line(head: Letterhead) -> str:
    """Whose copy this is, as at the foot of a paper."""
    return " · ".join(
        (
            f"출력 {head.printed_by} {moment(head.printed_at)}", f"제{head.copy_number}부", f"목적 {head.purpose.label}",
            head.masking.label,
        )
    )  # fmt: skip
