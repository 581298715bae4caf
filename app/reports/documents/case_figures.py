"""통합사례관리 현황 (R03): by centre, by whoever carries the cases, and why cases were closed."""

from __future__ import annotations

from app.reports.documents.counted import put_counts
from app.reports.documents.letterhead import close_paper, open_paper
from app.reports.documents.page import LANDSCAPE
from app.reports.rules.case_figures import CaseFiguresFacts
from app.reports.rules.wording import span

TEMPLATE_VERSION = "R03-2"


def draw(facts: CaseFiguresFacts) -> bytes:
    """The report as a PDF, A4 across."""
    flow = open_paper(facts.letterhead, LANDSCAPE)
    for counted in facts.tables:
        put_counts(flow, counted)
    return close_paper(flow, facts, subject=span(facts.first_on, facts.last_on))
