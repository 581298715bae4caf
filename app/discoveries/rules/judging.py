"""Judges a whole list: from the rows of a table to a result for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.core.tables.rows import TableRow
from app.discoveries.rules.columns import Heading, find_heading
from app.discoveries.rules.fingerprint import file_fingerprint, person_fingerprint, texts_fingerprint
from app.discoveries.rules.lines import Line, declared_total, open_line, skipped_kind
from app.discoveries.rules.people import ListedPerson
from app.discoveries.rules.reading import Reference, read_person
from app.discoveries.rules.repeats import SeenPeople, join
from app.discoveries.rules.result import ImportResult, RowResult, SkippedRow
from app.discoveries.rules.vocabulary import ListColumn, MatchDegree, RowOutcome, SkippedLine


def judge_list(
    rows: Sequence[TableRow], reference: Reference, *, learned: Mapping[str, ListColumn] | None = None,
    heading: Heading | None = None,
) -> ImportResult:  # fmt: skip
    """What becomes of every row of a discovery list. Pure: the same rows give the same result.

    Args:
        rows: the table as read; what stands above the heading is not looked at.
        reference: today, the 행정동 that may occur, the crisis codes in force.
        learned: headings that this source uses in its own words.
        heading: the heading, where somebody has said which column is which.

    Raises:
        HeadingNotFound: no row names at least a name, a birth date and a third column.
    """
    found = heading or find_heading(rows, learned=learned)
    judging = _Judging(found, reference)
    for row in rows:
        if row.number > found.row_number:
            judging.take(row)
    return judging.result()


class _Judging:
    """One pass over the rows of a list, in their order."""

    def __init__(self, heading: Heading, reference: Reference) -> None:
        self._heading = heading
        self._width = len(heading.cells)
        self._reference = reference
        self._seen = SeenPeople()
        self._rows: dict[int, RowResult] = {}
        self._skipped: list[SkippedRow] = []
        self._declared_total: int | None = None

    def take(self, row: TableRow) -> None:
        line = open_line(row, self._width)
        kind = skipped_kind(line, self._heading)
        if kind is None:
            self._rows[row.number] = self._judge(line)
            return
        self._skipped.append(SkippedRow(row.number, kind))
        if kind is SkippedLine.TOTAL:
            self._declared_total = declared_total(line, self._heading) or self._declared_total

    def result(self) -> ImportResult:
        rows = tuple(self._rows.values())
        return ImportResult(
            heading=self._heading,
            rows=rows,
            skipped=tuple(self._skipped),
            fingerprint=file_fingerprint(row.fingerprint for row in rows),
            declared_total=self._declared_total,
        )

    def _judge(self, line: Line) -> RowResult:
        read = read_person(line, self._heading, self._reference)
        if isinstance(read, ListedPerson):
            return self._judge_person(line, read)
        number, fingerprint = line.row.number, texts_fingerprint(line.texts)
        return RowResult(number, line.cells, fingerprint, RowOutcome.BAD, problems=read)

    def _judge_person(self, line: Line, person: ListedPerson) -> RowResult:
        fingerprint = person_fingerprint(person)
        earlier = self._seen.find_earlier(person, fingerprint)
        outcome = RowOutcome.NEW
        if earlier is not None:
            outcome = RowOutcome.JOINED if earlier.degree is MatchDegree.EXACT else RowOutcome.HELD
        if earlier is not None and outcome is RowOutcome.JOINED:
            self._join(earlier.row_number, person)
        return RowResult(person.row_number, line.cells, fingerprint, outcome, person=person, earlier=earlier)

    def _join(self, row_number: int, person: ListedPerson) -> None:
        first = self._rows[row_number]
        if first.person is not None:
            self._rows[row_number] = replace(first, person=join(first.person, person))
