"""방문인력 안전사고 현황 (R11): kinds down, months across, sums on both sides; then centres, and what was done."""

from __future__ import annotations

from collections.abc import Sequence

from app.reports.documents.flow import Flow
from app.reports.documents.letterhead import close_paper, open_paper
from app.reports.documents.page import PORTRAIT
from app.reports.documents.tables import DENSE, Align, Column, filling, form, ruled
from app.reports.rules.incident_report import IncidentLine, IncidentReportFacts
from app.reports.rules.wording import span

TEMPLATE_VERSION = "R11-2"

_C = Align.CENTRE
_MOST_CENTRES = 12
"""So many headings stand beside each other; more centres go on in a table below."""


def draw(facts: IncidentReportFacts) -> bytes:
    """The report as a PDF, A4 upright."""
    flow = open_paper(facts.letterhead, PORTRAIT)
    _overview(flow, facts)
    flow.chapter("종류 · 월별 건수")
    _counts(flow, facts.months, facts.by_month)
    if facts.centres:
        _by_centre(flow, facts)
    return close_paper(flow, facts, subject=span(facts.first_on, facts.last_on))


def _overview(flow: Flow, facts: IncidentReportFacts) -> None:
    flow.chapter("개요")
    columns = filling(flow, *(Column("", 3, _C, label=True), Column("", 3, _C)) * 3)
    calls = dict(facts.called)
    first = ("전체", f"{facts.all}건", "다친 사고", f"{facts.hurt}건", "보완하지 않은 보고", f"{facts.waiting}건")
    second = tuple(cell for whom, times in calls.items() for cell in (f"{whom} 연락", f"{times}건"))
    form(flow, columns, [first, second])


def _by_centre(flow: Flow, facts: IncidentReportFacts) -> None:
    flow.chapter("종류 · 센터별 건수")
    for start in range(0, len(facts.centres), _MOST_CENTRES):
        part = slice(start, start + _MOST_CENTRES)
        lines = [IncidentLine(kind=line.kind, counts=line.counts[part]) for line in facts.by_centre]
        _counts(flow, facts.centres[part], lines)


def _counts(flow: Flow, headings: Sequence[str], lines: Sequence[IncidentLine]) -> None:
    """One row a kind, with its sum; below all of them the sums of the columns."""
    figures = (Column(title, 1, Align.RIGHT) for title in (*headings, "계"))
    columns = filling(flow, Column("종류", 2.2, _C, label=True), *figures)
    rows = [(line.kind, *map(str, line.counts), str(line.sum)) for line in lines]
    sums = [sum(line.counts[at] for line in lines) for at in range(len(headings))]
    ruled(flow, columns, [*rows, ("계", *map(str, sums), str(sum(sums)))], DENSE)
