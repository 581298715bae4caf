"""욕구영역·가구유형별 현황 (R05): domains down and types of household across; then how many have several needs."""

from __future__ import annotations

from app.reports.documents.counted import put_counts
from app.reports.documents.letterhead import close_paper, open_paper
from app.reports.documents.page import LANDSCAPE
from app.reports.rules.needs_figures import NeedsFiguresFacts
from app.reports.rules.wording import span

TEMPLATE_VERSION = "R05-2"


def draw(facts: NeedsFiguresFacts) -> bytes:
    """The report as a PDF, A4 across."""
    flow = open_paper(facts.letterhead, LANDSCAPE)
    for counted in facts.tables:
        put_counts(flow, counted)
    return close_paper(flow, facts, subject=span(facts.first_on, facts.last_on))
