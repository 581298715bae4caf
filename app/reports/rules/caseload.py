"""The facts of the caseload report (R04): one assignee's households on one day.

Totals are counted from the rows that are printed, so no figure on the paper can disagree with its list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.reports.rules.letterhead import Letterhead
from app.reports.rules.register import ReportCode
from app.reports.rules.values import Age, PersonName, Sentence

UNSEEN_AFTER_DAYS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseloadRow:
    """One active household. `name` and `age` are those of its representative."""

    number: str
    name: PersonName
    age: Age
    household_type: str
    care_group: str
    risk: str
    last_seen_on: date | None
    """The last face-to-face contact, of any purpose."""
    next_due_on: date | None
    status: str
    days_overdue: int
    because: Sentence
    checks_missed: int | None = None
    """점검 미실시; the column is left away when no row counts it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseloadDue:
    number: str
    name: PersonName
    what: str
    due_on: date
    status: str
    days_overdue: int
    because: Sentence
    member: PersonName = ""
    """Whose due it is, in a household of several; empty where it is the whole household's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseloadFacts:
    code: ClassVar[ReportCode] = ReportCode.CASELOAD

    letterhead: Letterhead
    assignee: str
    role: str
    as_of: date
    care_groups: tuple[str, ...]
    """The labels of the totals in their order; one that only a row knows comes last."""
    risks: tuple[str, ...]
    households: tuple[CaseloadRow, ...] = ()
    overdue: tuple[CaseloadDue, ...] = ()
    """Longest overdue first."""
    this_week: tuple[CaseloadDue, ...] = ()
    """Due from `as_of` to the end of its week."""

    @property
    def without_due(self) -> tuple[CaseloadRow, ...]:
        """Active households that nothing would ever bring back to anybody's list."""
        return tuple(row for row in self.households if row.next_due_on is None)

    @property
    def unseen(self) -> tuple[CaseloadRow, ...]:
        """Households not seen face to face for more than 90 days, those never seen first."""
        rows = [row for row in self.households if is_unseen(row, self.as_of)]
        return tuple(sorted(rows, key=lambda row: (row.last_seen_on or date.min, row.number)))

    @property
    def totals(self) -> Totals:
        return count_totals(self.households, groups=self.care_groups, risks=self.risks)


def is_unseen(row: CaseloadRow, today: date) -> bool:
    """Whether the last face-to-face contact lies more than 90 days back, or there was none."""
    return row.last_seen_on is None or (today - row.last_seen_on).days > UNSEEN_AFTER_DAYS


@dataclass(frozen=True, slots=True)
class Totals:
    """Households by risk (rows) and care group (columns). Every household is in exactly one cell."""

    groups: tuple[str, ...]
    risks: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]

    def of_risk(self, index: int) -> int:
        return sum(self.cells[index])

    def of_group(self, index: int) -> int:
        return sum(line[index] for line in self.cells)

    @property
    def all(self) -> int:
        return sum(map(sum, self.cells))


def count_totals(rows: Iterable[CaseloadRow], *, groups: tuple[str, ...], risks: tuple[str, ...]) -> Totals:
    """`rows` counted by risk and care group, with a line or column of its own for every label met."""
    counted = [(row.risk, row.care_group) for row in rows]
    risks = _with_strangers(risks, (risk for risk, _ in counted))
    groups = _with_strangers(groups, (group for _, group in counted))
    cells = tuple(tuple(counted.count((risk, group)) for group in groups) for risk in risks)
    return Totals(groups, risks, cells)


def _with_strangers(known: tuple[str, ...], met: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, *met)))
