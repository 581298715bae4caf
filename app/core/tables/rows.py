"""What is left of a file once it is read: rows of text with the numbers the spreadsheet shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.core.errors import RuleBroken
from app.core.text import search_key


class TableRow(NamedTuple):
    """One row as typed. Cells are text; a missing cell and an empty one are both ""."""

    number: int
    """As the spreadsheet numbers it, from 1."""
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one sheet or one CSV file, the empty ones at its end left out."""

    rows: tuple[TableRow, ...]
    form: str
    """What the file turned out to be, for the person: «엑셀(.xlsx)», «CSV(CP949)»."""
    sheet: str = ""
    unread_sheets: tuple[str, ...] = ()
    """Visible sheets that were left aside, so that nobody believes they were read."""


def columns_by_heading(cells: Sequence[str], headings: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Where each field's column stands in a row of headings; the first cell that says one of the field's words counts."""
    known = {search_key(word): field for field, words in headings.items() for word in words}
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        if field := known.get(search_key(cell)):
            found.setdefault(field, at)
    return found


@dataclass(frozen=True, slots=True)
class TableLimits:
    """How much one file may hold. A round's list of a whole 시군구 stays under a tenth of this."""

    max_bytes: int = 20_000_000
    max_unpacked_bytes: int = 100_000_000
    """Of a workbook once unzipped."""
    max_rows: int = 50_000
    max_columns: int = 200
    max_cells: int = 2_000_000
    """Rows × columns of a sheet's used area: that much memory is taken, however few cells are filled."""
    max_letters: int = 60_000_000
    """Of all cells together, shared texts counted wherever they stand."""


class TableError(RuleBroken):
    """The file cannot be read as a table; `text` tells the person why and what to do."""


def refuse(code: str, text: str) -> TableError:
    """A refusal about the whole file, to be raised."""
    return TableError(f"TABLE_{code}", text, field="file")


def without_empty_tail(rows: list[TableRow]) -> tuple[TableRow, ...]:
    """`rows` up to the last one that holds something.

    Raises:
        TableError: nothing holds anything (TABLE_EMPTY).
    """
    last = next((at for at in range(len(rows) - 1, -1, -1) if any(map(str.strip, rows[at].cells))), None)
    if last is None:
        raise refuse("EMPTY", "파일에 내용이 없습니다.")
    return tuple(rows[: last + 1])
