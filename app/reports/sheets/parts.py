"""What stands on a worksheet: a named table of typed cells. Numbers stay numbers and days stay days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.reports.rules.counted import CountLine, CountTable


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole in thousandths, shown as «66.7%»."""

    permille: int


Cell = str | int | date | Share | None
"""None leaves a cell empty: there is no day, nothing to be a part of."""


@dataclass(frozen=True, slots=True)
class Part:
    """One worksheet."""

    name: str
    """On its tab: no more than 31 letters, none of []:*?/\\, and no two alike in a file."""
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sums: tuple[Cell, ...] = ()
    is_list: bool = False
    """Rows are things of their own, so they can be filtered."""


def part_of(name: str, counted: CountTable) -> Part:
    """A table of counts as a worksheet, with the sums that it has on paper."""
    across = ("계",) if counted.is_partition else ()
    share = (counted.share.title,) if counted.share else ()
    sums = _cells(counted, counted.total) if counted.lines else ()
    rows = tuple(_cells(counted, line) for line in counted.lines)
    return Part(name, counted.title, (counted.rows_are, *counted.columns, *across, *share), rows, sums)


def _cells(counted: CountTable, line: CountLine) -> tuple[Cell, ...]:
    cells: list[Cell] = [line.label, *line.counts]
    if counted.is_partition:
        cells.append(line.sum)
    if counted.share:
        permille = counted.share.permille(line)
        cells.append(None if permille is None else Share(permille))
    return tuple(cells)
