"""Incidents counted: kind by month, and kind by centre. One count for the page, the paper and the spreadsheet. Pure.

An incident belongs to the Korean month in which it happened, and to the centre whose household it happened at, or
whose staff it happened to where there was no household.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.safety.rules.incidents import IncidentKind

MOST_MONTHS = 12
"""As many months as stand beside each other on a sheet."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One incident as far as it is counted; nobody's name."""

    kind: IncidentKind
    on: date
    centre_id: int
    is_hurt: bool
    called: tuple[str, ...] = ()
    is_completed: bool = True


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of every kind (rows) under each heading (columns); sums are made from the cells, so they always agree."""

    columns: tuple[object, ...]
    """Months as their first days, or ids of centres."""
    cells: tuple[tuple[int, ...], ...]
    """One row per IncidentKind, in its order."""

    def of_kind(self, kind: IncidentKind) -> int:
        """All of one kind."""
        return sum(self.row(kind))

    def row(self, kind: IncidentKind) -> tuple[int, ...]:
        """The cells of one kind."""
        return self.cells[list(IncidentKind).index(kind)]

    def of_column(self, at: int) -> int:
        """All under one heading."""
        return sum(row[at] for row in self.cells)

    @property
    def all(self) -> int:
        return sum(map(sum, self.cells))


def by_month(happenings: Iterable[Happening], months: Sequence[date]) -> Tally:
    """Kind by month; what lies outside of `months` (first days) is left out."""
    return _tally(((each.kind, each.on.replace(day=1)) for each in happenings), months)


def by_centre(happenings: Iterable[Happening], centre_ids: Sequence[int]) -> Tally:
    """Kind by centre; other centres are left out."""
    return _tally(((each.kind, each.centre_id) for each in happenings), centre_ids)


def _tally(pairs: Iterable[tuple[IncidentKind, object]], columns: Sequence[object]) -> Tally:
    counted = Counter(pairs)
    rows = (tuple(counted[kind, column] for column in columns) for kind in IncidentKind)
    return Tally(tuple(columns), tuple(rows))


def months_of(first_on: date, last_on: date) -> tuple[date, ...]:
    """The first days of the months from one day to another, both included; none when they are the wrong way round."""
    return tuple(_months(first_on.replace(day=1), last_on))


def _months(first: date, last_on: date) -> Iterator[date]:
    while first <= last_on:
        yield first
        first = next_month(first)


def next_month(first: date) -> date:
    """The first day of the month after the one of `first`."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)
