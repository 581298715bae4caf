"""Where everything stands when first and latest survey are drawn beside each other: pure geometry, drawn alike on page
and paper.

One row a domain, one column a level. Lengths are in the unit of `width` and `size` (of the type); y grows downwards.
Nothing rests on colour: the first survey is a ring, the latest a dot, and each row says in words how it went.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.core.lettering import Word, about_as_wide
from app.needs.rules.comparing import Comparison, DomainTurn
from app.needs.rules.vocabulary import NeedLevel

LEVELS = tuple(NeedLevel)
_ROW = 2.3
_STACKED_ROW = 3.5
"""Heights of a row, in letters."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line from one point to another. Kinds: grid (under a level), rule (between rows), way (first to latest)."""

    kind: str
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Mark:
    """Kinds: ring (first), dot (latest)."""

    kind: str
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn, from the ground upwards."""

    width: float
    height: float
    size: float
    strokes: tuple[Stroke, ...]
    marks: tuple[Mark, ...]
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class _Frame:
    width: float
    size: float
    left: float
    right: float
    is_stacked: bool

    def x(self, level: NeedLevel) -> float:
        """The middle of a level's column."""
        return self.left + (self.right - self.left) * (level.severity + 0.5) / len(LEVELS)

    @property
    def top(self) -> float:
        return self.size * 2

    @property
    def row(self) -> float:
        return self.size * (_STACKED_ROW if self.is_stacked else _ROW)

    def y(self, at: int) -> float:
        """The line on which the marks of a row stand."""
        return self.top + self.row * (at + (0.72 if self.is_stacked else 0.5))


def lay_out(found: Comparison, *, width: float, size: float, is_stacked: bool = False) -> Chart:
    """The chart in `width`, with letters of `size`; its height follows from the rows.

    Args:
        is_stacked: the words of a row stand above its marks, for a narrow page.
    """
    frame = _frame(found, width, size, is_stacked)
    bottom = frame.top + frame.row * len(found.domains)
    return Chart(
        width, bottom + size * 2, size,
        (*_grid(frame, bottom), *_rules(frame, len(found.domains)), *_ways(frame, found)),
        (*_marks(frame, found), *(mark for mark, _word in _legend(frame, found, bottom))),
        (*_heads(frame), *_row_words(frame, found), *(word for _mark, word in _legend(frame, found, bottom))),
    )  # fmt: skip


def _frame(found: Comparison, width: float, size: float, is_stacked: bool) -> _Frame:
    if is_stacked:
        return _Frame(width, size, 0, width, is_stacked)
    labels = max((about_as_wide(each.label, size) for each in found.domains), default=0)
    words = max((about_as_wide(each.words, size) for each in found.domains), default=0)
    return _Frame(width, size, labels + size, width - words - size, is_stacked)


def _grid(frame: _Frame, bottom: float) -> Iterator[Stroke]:
    for level in LEVELS:
        yield Stroke("grid", frame.x(level), frame.top, frame.x(level), bottom)


def _rules(frame: _Frame, rows: int) -> Iterator[Stroke]:
    for at in range(rows + 1):
        y = frame.top + frame.row * at
        yield Stroke("rule", 0, y, frame.width, y)


def _ways(frame: _Frame, found: Comparison) -> Iterator[Stroke]:
    for at, each in enumerate(found.domains):
        if each.first is not None and each.latest is not None and each.first is not each.latest:
            yield Stroke("way", frame.x(each.first), frame.y(at), frame.x(each.latest), frame.y(at))


def _marks(frame: _Frame, found: Comparison) -> Iterator[Mark]:
    for at, each in enumerate(found.domains):
        if each.first is not None:
            yield Mark("ring", frame.x(each.first), frame.y(at), frame.size * 0.55)
        if each.latest is not None:
            yield Mark("dot", frame.x(each.latest), frame.y(at), frame.size * 0.36)


def _heads(frame: _Frame) -> Iterator[Word]:
    for level in LEVELS:
        yield Word(frame.x(level), frame.size * 1.3, level.label, "middle")


def _row_words(frame: _Frame, found: Comparison) -> Iterator[Word]:
    for at, each in enumerate(found.domains):
        y = (frame.top + frame.row * at + frame.size * 1.35) if frame.is_stacked else frame.y(at) + frame.size * 0.36
        yield Word(0, y, each.label, is_strong=True)
        yield Word(frame.width, y, _said(found, each), "end")


def _said(found: Comparison, each: DomainTurn) -> str:
    """How it went; with a single survey the level alone."""
    return each.words if found.first_on or each.latest is None else each.latest.label


def _legend(frame: _Frame, found: Comparison, bottom: float) -> Iterator[tuple[Mark, Word]]:
    pairs = [("ring", "처음", found.first_on)] if found.first_on else []
    x, y = frame.size * 0.6, bottom + frame.size * 1.3
    for kind, word, on in (*pairs, ("dot", "최근" if pairs else "조사", found.latest_on)):
        text = f"{word} {_day(on)}" if on else word
        radius = frame.size * (0.55 if kind == "ring" else 0.36)
        yield Mark(kind, x, y - frame.size * 0.36, radius), Word(x + frame.size * 0.9, y, text)
        x += about_as_wide(text, frame.size) + frame.size * 2.4


def _day(on: date) -> str:
    return f"{on.year}. {on.month}. {on.day}."
