"""욕구영역·가구유형별 현황 (R05): what is counted, by which rule, and the facts of the paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.core.labelled import Labelled
from app.reports.rules.counted import CountTable
from app.reports.rules.letterhead import Letterhead
from app.reports.rules.register import ReportCode


class NeedsFigure(Labelled):
    """What is counted of the households of one type."""

    SURVEYED = "SURVEYED", "조사한 가구"
    IN_NEED = "IN_NEED", "욕구 있는 가구"
    SEVERAL = "SEVERAL", "복합욕구 가구"


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsFiguresFacts:
    code: ClassVar[ReportCode] = ReportCode.NEEDS

    letterhead: Letterhead
    subject: str
    first_on: date
    last_on: date
    by_domain: CountTable
    """Domain down, type of household across; a household stands in a line for each of its domains."""
    by_type: CountTable
    """Type of household down: how many were surveyed, have a need, have several."""

    @property
    def tables(self) -> tuple[CountTable, ...]:
        return self.by_domain, self.by_type
