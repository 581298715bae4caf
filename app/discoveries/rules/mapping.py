"""Columns that a person named: which heading of a file means what, when its own words do not tell. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from app.core.privacy import find_resident_numbers, mask_resident_numbers
from app.core.tables.rows import TableRow
from app.core.text import normalise
from app.discoveries.rules.columns import Heading, heading_key, known_columns
from app.discoveries.rules.vocabulary import ListColumn

LOOKED_AT_ROWS = 30
"""A heading stands among the first so many rows."""
SAMPLES, SHOWN_CELLS, LONGEST_SAMPLE = 3, 6, 30
NEEDED = (ListColumn.NAME, ListColumn.BIRTH)
_FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class FileColumn:
    """One column of a file as it is shown to be named."""

    at: int
    """Its position, from 0."""
    heading: str
    samples: tuple[str, ...]
    """The first different values below the heading, resident numbers masked."""
    means: ListColumn | None
    """What its heading says by itself."""


def without_serials(row: TableRow) -> TableRow:
    """The row with the last six figures of every resident number made 0, so that it may be kept for a while.

    The figure that tells the century stays: without it a birth date of two figures for the year could not be read. What
    is read from such a row is what would have been read from the row itself.
    """
    return TableRow(row.number, tuple(map(_without_serial, row.cells)))


def _without_serial(cell: str) -> str:
    for found in find_resident_numbers(cell):
        start = found.stop - 6
        cell = cell[:start] + _FIGURE.sub("0", cell[start : found.stop]) + cell[found.stop :]
    return cell


def headings_key(cells: Sequence[str]) -> str:
    """By what a heading row is known again: SHA-256 in hex over its headings, however they are spaced or decorated."""
    last = max((at for at, cell in enumerate(cells) if cell.strip()), default=-1)
    keys = (heading_key(cell) for cell in cells[: last + 1])
    return hashlib.sha256("\x1f".join(keys).encode()).hexdigest()


def possible_headings(rows: Sequence[TableRow]) -> Iterator[TableRow]:
    """The rows that may be the heading: those near the top with at least two filled cells."""
    return (row for row in rows[:LOOKED_AT_ROWS] if sum(bool(cell.strip()) for cell in row.cells) > 1)


def likely_heading(rows: Sequence[TableRow]) -> TableRow | None:
    """The row that most looks like the heading: the most known words, then the most filled cells, then the uppermost."""
    candidates = list(possible_headings(rows))
    return max(candidates, key=_likeness, default=None)


def _likeness(row: TableRow) -> tuple[int, int, int]:
    return len(known_columns(row)), sum(bool(cell.strip()) for cell in row.cells), -row.number


def file_columns(rows: Sequence[TableRow], heading: TableRow) -> list[FileColumn]:
    """The columns below a heading that hold or name anything."""
    below = [row for row in rows if row.number > heading.number]
    width = max(len(heading.cells), max((len(row.cells) for row in below), default=0))
    meanings = {at: column for column, places in known_columns(heading).items() for at in places}
    columns = (
        FileColumn(at, _shown(_cell(heading, at)), tuple(_samples(below, at)), meanings.get(at)) for at in range(width)
    )
    return [column for column in columns if column.heading or column.samples]


def row_words(cells: Sequence[str]) -> str:
    """A row on one line, resident numbers masked, cut where it gets long."""
    filled = (_shown(cell) for cell in cells if cell.strip())
    return " · ".join(islice(filled, SHOWN_CELLS))


def _samples(rows: Sequence[TableRow], at: int) -> Iterator[str]:
    seen: set[str] = set()
    for row in rows:
        text = _shown(_cell(row, at))
        if text and text not in seen:
            seen.add(text)
            yield text
        if len(seen) == SAMPLES:
            return


def _shown(text: str) -> str:
    shown = mask_resident_numbers(normalise(text))
    return shown if len(shown) <= LONGEST_SAMPLE else f"{shown[: LONGEST_SAMPLE - 1]}…"


def _cell(row: TableRow, at: int) -> str:
    return row.cells[at] if at < len(row.cells) else ""


def mapped_heading(row: TableRow, columns: Mapping[ListColumn, Sequence[int]]) -> Heading:
    """The heading as a person named its columns; it is made as wide as the last of them."""
    width = max((at + 1 for places in columns.values() for at in places), default=0)
    cells = row.cells + ("",) * (width - len(row.cells))
    return Heading(row.number, cells, {column: tuple(places) for column, places in columns.items()})


def missing_columns(columns: Mapping[ListColumn, Sequence[int]]) -> list[ListColumn]:
    """What a list cannot do without and nobody has named."""
    return [column for column in NEEDED if not columns.get(column)]
