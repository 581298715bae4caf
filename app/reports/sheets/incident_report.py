"""방문인력 안전사고 현황 (R11) as a spreadsheet: kinds down, months across; then centres, and what was done."""

from __future__ import annotations

from collections.abc import Sequence

from app.reports.rules.counted import CountLine, CountTable
from app.reports.rules.incident_report import IncidentLine, IncidentReportFacts
from app.reports.sheets.parts import Part, part_of

EDITION = "1"


def parts(facts: IncidentReportFacts) -> tuple[Part, ...]:
    """The same counts as on paper."""
    counted = [part_of("월별", _counted("종류 · 월별 건수", facts.months, facts.by_month))]
    if facts.centres:
        counted.append(part_of("센터별", _counted("종류 · 센터별 건수", facts.centres, facts.by_centre)))
    done = (("다친 사고", facts.hurt), ("보완하지 않은 보고", facts.waiting))
    called = tuple((f"{whom} 연락", times) for whom, times in facts.called)
    return (*counted, Part("조치", "조치", ("구분", "건수"), (*done, *called)))


def _counted(title: str, columns: tuple[str, ...], lines: Sequence[IncidentLine]) -> CountTable:
    rows = tuple(CountLine(label=line.kind, counts=line.counts) for line in lines)
    return CountTable(title=title, rows_are="종류", columns=columns, lines=rows, is_partition=True)
