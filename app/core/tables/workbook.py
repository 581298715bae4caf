"""XLSX workbooks, read by calamine after their size has been measured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from app.core.tables.formulas import restore
from app.core.tables.measure import measured_copy
from app.core.tables.rows import Table, TableError, TableLimits, TableRow, refuse, without_empty_tail


def read_workbook(content: bytes, limits: TableLimits, sheet: str | None) -> Table:
    """The rows of one sheet; cells that are merged downwards repeat their value in each row.

    A formula counts as its last result; one that was never calculated is empty.

    Raises:
        TableError: no workbook, a broken or encrypted one, too large, no such sheet, or nothing in it.
    """
    package = measured_copy(content, limits)
    with _refusing_broken_files():
        workbook = CalamineWorkbook.from_filelike(package)
        visible = [found.name for found in workbook.sheets_metadata if _is_readable(found.typ, found.visible)]
        names = _wanted(visible, sheet)
        name, rows = _first_with_content(workbook, names)
    unread = tuple(other for other in visible if other != name)
    return Table(rows=without_empty_tail(rows), form="엑셀(.xlsx)", sheet=name, unread_sheets=unread)


@contextmanager
def _refusing_broken_files() -> Iterator[None]:
    """The reader is native code: a damaged file may also make it panic, which arrives as a BaseException."""
    try:
        yield
    except (TableError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        raise refuse("BROKEN", "엑셀 파일이 손상되어 읽을 수 없습니다. 엑셀에서 다시 저장해 주세요.") from error


def _is_readable(kind: SheetTypeEnum, visibility: SheetVisibleEnum) -> bool:
    return kind == SheetTypeEnum.WorkSheet and visibility == SheetVisibleEnum.Visible


def _wanted(visible: list[str], sheet: str | None) -> list[str]:
    if sheet is None:
        return visible
    if sheet not in visible:
        raise refuse("NO_SUCH_SHEET", "그런 이름의 시트가 없습니다.")
    return [sheet]


def _first_with_content(workbook: CalamineWorkbook, names: Sequence[str]) -> tuple[str, list[TableRow]]:
    for name in names:
        rows = _rows_of(workbook.get_sheet_by_name(name))
        if any(any(row.cells) for row in rows):
            return name, rows
    return "", []


def _rows_of(sheet: CalamineSheet) -> list[TableRow]:
    grid = [[_as_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    _fill_downwards(grid, sheet.merged_cell_ranges or ())
    return [TableRow(number, tuple(cells)) for number, cells in enumerate(grid, start=1)]


def _as_text(value: str | float | bool | date | time | object) -> str:
    """A cell as a person would have typed it: 6.0 is «6», a date «1975-02-10»."""
    if isinstance(value, str):
        return restore(value.replace("\r\n", "\n")) if value else ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date().isoformat()
    return str(value)


def _fill_downwards(grid: list[list[str]], ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Only the first cell of a merged area holds its value: a 동 merged over forty rows is all of theirs."""
    left = sum(map(len, grid))  # honest areas do not overlap; forged ones must not cost more than the sheet
    for (top, column), (bottom, _) in ranges:
        rows = grid[top : bottom + 1]
        left -= len(rows)
        if left < 0 or len(rows) < 2 or column >= len(rows[0]):
            continue
        for row in rows[1:]:
            row[column] = row[column] or rows[0][column]
