"""The facts of 발굴 처리현황 (R02): one round by centre and by worker, and what was left day by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.reports.rules.counted import CountTable
from app.reports.rules.letterhead import Letterhead
from app.reports.rules.register import ReportCode


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftFacts:
    """How many people of the round were not done at the end of a day."""

    on: date
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundReportFacts:
    code: ClassVar[ReportCode] = ReportCode.ROUND

    letterhead: Letterhead
    subject: str
    """By which copies are counted."""
    title: str
    """The round's: «2026년 5차»."""
    source: str
    opens_on: date
    closes_on: date
    as_of: date
    by_centre: CountTable
    by_worker: CountTable
    left: tuple[LeftFacts, ...] = ()
    """From the first day of the round to its last or the day of the print; none before it opens."""

    @property
    def tables(self) -> tuple[CountTable, ...]:
        return self.by_centre, self.by_worker
