"""The facts of 방문인력 안전사고 현황 (R11): counts by kind and period, and nobody's name at any masking level."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.reports.rules.letterhead import Letterhead
from app.reports.rules.register import ReportCode


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentLine:
    """One kind of incident under each heading, in their order."""

    kind: str
    counts: tuple[int, ...]

    @property
    def sum(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentReportFacts:
    code: ClassVar[ReportCode] = ReportCode.INCIDENTS

    letterhead: Letterhead
    first_on: date
    last_on: date
    months: tuple[str, ...]
    """«2026. 3.», one heading each."""
    by_month: tuple[IncidentLine, ...]
    hurt: int
    called: tuple[tuple[str, int], ...]
    """Who was called at once, and how often: «112», «119», «팀장»."""
    waiting: int
    """Reports that nobody has made whole yet."""
    centres: tuple[str, ...] = ()
    """None at all for the paper of one centre."""
    by_centre: tuple[IncidentLine, ...] = ()

    @property
    def all(self) -> int:
        return sum(line.sum for line in self.by_month)
