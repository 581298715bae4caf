"""What an import says afterwards: a result for every row, counts that add up, and the rows to put right."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from app.discoveries.rules.columns import Heading
from app.discoveries.rules.people import ListedPerson, RowProblem
from app.discoveries.rules.repeats import EarlierRow
from app.discoveries.rules.vocabulary import RowOutcome, SkippedLine

REASON_HEADING = "사유"
"""The column that the «고칠 행» file adds; it is ignored when the file comes back."""


@dataclass(frozen=True, slots=True)
class RowResult:
    """One person's row and what becomes of it."""

    row_number: int
    cells: tuple[str, ...]
    """As typed, resident numbers masked."""
    fingerprint: str
    outcome: RowOutcome
    person: ListedPerson | None = None
    """None for a BAD row. For a row that others were joined to, with what they add."""
    problems: tuple[RowProblem, ...] = ()
    earlier: EarlierRow | None = None
    """The row of the same file that this one was joined to, or is held because of."""

    @property
    def reason(self) -> str:
        """Why the row was not simply taken in; "" when it was."""
        if self.earlier is not None:
            return f"{self.earlier.row_number}행과 {self.earlier.degree.label}: {self.earlier.reason}"
        return ", ".join(problem.text for problem in self.problems)


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A line below the heading that is nobody's."""

    row_number: int
    kind: SkippedLine


@dataclass(frozen=True)
class ImportResult:
    """A list, judged whole. Every row below the heading is in `rows` or in `skipped`, once."""

    heading: Heading
    rows: tuple[RowResult, ...]
    skipped: tuple[SkippedRow, ...]
    fingerprint: str
    declared_total: int | None = None
    """How many people the list's own total line says there are."""

    @cached_property
    def counts(self) -> dict[RowOutcome, int]:
        """Rows of each outcome; every outcome is there, and they add up to `people_rows`."""
        counted = Counter(row.outcome for row in self.rows)
        return {outcome: counted[outcome] for outcome in RowOutcome}

    @property
    def people_rows(self) -> int:
        """How many rows of the file are people."""
        return len(self.rows)

    @property
    def good(self) -> int:
        """How many of them could be read: taken in, joined or held."""
        return self.people_rows - self.counts[RowOutcome.BAD]

    def with_outcome(self, outcome: RowOutcome) -> tuple[RowResult, ...]:
        """The rows of one outcome, in the order of the file."""
        return tuple(row for row in self.rows if row.outcome is outcome)

    @property
    def people(self) -> tuple[ListedPerson, ...]:
        """Who is to be taken in now: once each, with what joined rows add; nobody who is held."""
        return tuple(row.person for row in self.with_outcome(RowOutcome.NEW) if row.person is not None)

    def summary(self) -> tuple[str, ...]:
        """What to tell the person who sent the list, in a few Korean lines."""
        parts = [f"{outcome.label} {count:,}" for outcome, count in self.counts.items() if count]
        lines = [f"사람 {self.people_rows:,}줄: {' · '.join(parts) or '없음'}"]
        if self.skipped:
            kinds = Counter(line.kind for line in self.skipped)
            skipped = " · ".join(f"{kind.label} {kinds[kind]:,}" for kind in SkippedLine if kinds[kind])
            lines.append(f"사람이 아닌 줄: {skipped}")
        if self.declared_total is not None and self.declared_total != self.people_rows:
            lines.append(f"합계 줄에는 {self.declared_total:,}명, 명단에는 {self.people_rows:,}줄이 있습니다.")
        return tuple(lines)

    def rows_to_fix(self) -> list[tuple[str, ...]]:
        """The «고칠 행» file: the heading and every BAD row as typed, and why. It can be put right and sent again."""
        bad = self.with_outcome(RowOutcome.BAD)
        width = max((len(cells) for cells in (self.heading.cells, *(row.cells for row in bad))), default=0)
        table = [(self.heading.cells, REASON_HEADING), *((row.cells, row.reason) for row in bad)]
        return [(*cells, *[""] * (width - len(cells)), last) for cells, last in table]
