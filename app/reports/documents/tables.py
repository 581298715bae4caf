"""Ruled tables as in official forms: heads said again on every page, rows that flow across pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import accumulate

from app.reports.documents.flow import Flow
from app.reports.documents.fonts import Face
from app.reports.documents.page import RULE
from app.reports.documents.typesetting import Typesetter
from app.reports.rules.wording import NONE

CONTINUED = "(계속)"
FOR_HAND = " "
"""The empty value of a column that is left blank to be written in by hand."""

SIDE = 4.0
"""Points between the lines of a cell and what is written in it."""
_INSIDE = 0.25
"""Where figures end within their column, as a part of its width from the right."""
_KEPT_WHOLE = 12
_FEWEST = 3


class Align(Enum):
    LEFT = auto()
    CENTRE = auto()
    RIGHT = auto()
    """Figures: units below units, a little inside of the column's edge."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, width in points, and what an empty cell of it says."""

    title: str
    width: float
    align: Align = Align.LEFT
    label: bool = False
    """Shaded and bold, as the field names of a form; said again where its row goes on overleaf."""
    bold: bool = False
    shaded: bool = False
    empty: str = NONE
    open_below: bool = False
    """No line under this column, which then is the last: its cell goes on in the next row."""

    def face(self, faces: Typesetter) -> Face:
        return faces.bold if self.label or self.bold else faces.regular


@dataclass(frozen=True, slots=True)
class Style:
    """Type size, line height and the space above and below the lines of a cell, in points."""

    size: float = 9.0
    leading: float = 13.0
    pad: float = 3.0


FORM = Style()
DENSE = Style(size=8.0, leading=11.0, pad=2.2)

Columns = tuple[Column, ...]
Cells = list[list[str]]


class Table:
    """An open table on a flow. Rows have its own columns or, in a record of several shapes, others."""

    def __init__(self, flow: Flow, columns: Columns, style: Style, *, headed: bool) -> None:
        self._flow = flow
        self._columns = columns
        self._style = style
        self._head = tuple(Column("", each.width, Align.CENTRE, label=True) for each in columns) if headed else ()
        self._ruled: Columns = ()
        self._ruled_from = 0.0
        self._is_open = False
        self._is_fresh = False

    def row(self, texts: Sequence[str], columns: Columns = ()) -> None:
        """Put one row. A row of few lines stays whole; a longer one goes on overleaf and loses nothing."""
        self.record([(texts, columns or self._columns)])

    def record(self, rows: Iterable[tuple[Sequence[str], Columns]]) -> None:
        """Put rows that belong together, on one page unless they are long."""
        laid = [(self._set_row(texts, columns), columns) for texts, columns in rows]
        self._keep_together([max(map(len, cells)) for cells, _ in laid])
        if len(laid) > 1:
            self._rule_across()
        for cells, columns in laid:
            while cells:
                cells = self._place(cells, columns)

    def close(self) -> None:
        """Draw the last line. A table without rows draws nothing."""
        if self._is_open:
            self._end_page()
            self._flow.y -= 4

    def _set_row(self, texts: Sequence[str], columns: Columns) -> Cells:
        return [self._set(text, column) for text, column in zip(texts, columns, strict=True)]

    def _set(self, text: str, column: Column) -> list[str]:
        said = text if text.strip() else column.empty
        return self._flow.type.lines(said, column.face(self._flow.type), (column.width - 2 * SIDE) / self._style.size)

    def _keep_together(self, lines: list[int]) -> None:
        """Begin where there is room for as much of these rows as must stay on one page, and the head."""
        style = self._style
        if sum(lines) > _KEPT_WHOLE * 2:
            lines = [min(lines[0], _KEPT_WHOLE), *(min(each, _FEWEST) for each in lines[1:2])]
        height = sum(lines) * style.leading + 2 * len(lines) * style.pad
        if not self._is_open:
            self._flow.keep(height + (2 * style.leading if self._head else 0))
            self._is_open = True
            self._begin_page()
        elif self._flow.room < height and not self._is_fresh:
            self._turn()

    def _place(self, cells: Cells, columns: Columns) -> Cells:
        """Put what fits of a row on this page; what is left is answered, for the next."""
        needed, room = max(map(len, cells)), self._lines_left()
        if needed <= room:
            self._draw(cells, columns, needed)
            return []
        if not self._is_fresh and (needed <= _KEPT_WHOLE or room < _FEWEST):
            self._turn()
            return cells
        room = max(room, 1)
        self._draw([lines[:room] for lines in cells], columns, room)
        if not any(lines[room:] for lines in cells):
            return []
        self._turn()
        return [_overleaf(at, lines, room, columns[at]) for at, lines in enumerate(cells)]

    def _lines_left(self) -> int:
        return int((self._flow.room - 2 * self._style.pad) / self._style.leading)

    def _turn(self) -> None:
        self._end_page()
        self._flow.turn()
        self._begin_page()
        self._is_fresh = True

    def _begin_page(self) -> None:
        self._rule_across()
        if self._head:
            titles = [self._set(each.title, head) for each, head in zip(self._columns, self._head, strict=True)]
            self._draw(titles, self._head, max(map(len, titles)))

    def _end_page(self) -> None:
        self._rule_down()
        self._rule_across()

    def _rule_across(self) -> None:
        """A heavier line, where a table begins and ends and where a record begins."""
        left, y = self._flow.sheet.side, self._flow.y
        self._flow.page.rule(left, y, left + sum(_widths(self._columns)), y, RULE)

    def _draw(self, cells: Cells, columns: Columns, lines: int) -> None:
        if columns is not self._ruled and _widths(columns) != _widths(self._ruled):
            self._rule_down()
            self._ruled_from = self._flow.y
        self._ruled = columns
        height = lines * self._style.leading + 2 * self._style.pad
        left = x = self._flow.sheet.side
        for cell, column in zip(cells, columns, strict=True):
            if column.label or column.shaded:
                self._flow.page.shade(x, self._flow.y - height, column.width, height)
            self._write(cell, column, x, height)
            x += column.width
        self._flow.y -= height
        end = x - columns[-1].width if columns[-1].open_below else x
        self._flow.page.rule(left, self._flow.y, end, self._flow.y)
        self._is_fresh = False

    def _write(self, lines: list[str], column: Column, x: float, height: float) -> None:
        """The lines of a cell, in the middle of its height."""
        flow, style = self._flow, self._style
        face = column.face(flow.type)
        top = flow.y - (height - len(lines) * style.leading) / 2
        if column.align is Align.LEFT:
            flow.page.write(face, style.size, style.leading, x + SIDE, top, lines)
            return
        for line in lines:
            spare = column.width - 2 * SIDE - flow.type.width(line, face) * style.size
            before = spare / 2 if column.align is Align.CENTRE else spare - min(spare, column.width * _INSIDE)
            flow.page.write(face, style.size, style.leading, x + SIDE + before, top, (line,))
            top -= style.leading

    def _rule_down(self) -> None:
        """Draw the upright lines of all rows of one shape at once."""
        if self._ruled:
            left = self._flow.sheet.side
            for x in accumulate(_widths(self._ruled), initial=left):
                self._flow.page.rule(x, self._ruled_from, x, self._flow.y)
        self._ruled = ()


def _widths(columns: Columns) -> list[float]:
    return [column.width for column in columns]


def _overleaf(at: int, lines: list[str], drawn: int, column: Column) -> list[str]:
    """What a cell says overleaf: the rest of it, and in a first or label column again whose row this is."""
    if len(lines) > drawn or len(lines) > _FEWEST or not (at == 0 or column.label):
        return lines[drawn:]
    return lines if lines[-1:] == [CONTINUED] else [*lines, CONTINUED]


@contextmanager
def table(flow: Flow, columns: Columns, style: Style = FORM, *, headed: bool = True) -> Iterator[Table]:
    """An open table that is closed at the end of the block."""
    opened = Table(flow, columns, style, headed=headed)
    yield opened
    opened.close()


def ruled(flow: Flow, columns: Columns, rows: Iterable[Sequence[str]], style: Style = FORM) -> None:
    """A table of `rows`, or the words «해당 없음» under the head when there is none."""
    empty = True
    with table(flow, columns, style) as opened:
        for row in rows:
            opened.row(row)
            empty = False
        if empty:
            opened.row((NONE,), (Column("", sum(each.width for each in columns), Align.CENTRE),))


def form(flow: Flow, columns: Columns, rows: Iterable[Sequence[str]], style: Style = FORM) -> None:
    """A table without a head, for field names and their values side by side."""
    with table(flow, columns, style, headed=False) as opened:
        for row in rows:
            opened.row(row)


def filling(flow: Flow, *columns: Column) -> Columns:
    """The columns with their widths taken as shares of the width between the margins."""
    scale = flow.sheet.body / sum(column.width for column in columns)
    return tuple(replace(column, width=column.width * scale) for column in columns)
