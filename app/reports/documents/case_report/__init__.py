"""The case report (R13, 가구별 사례보고서): one household, from its front door to its last contact."""

from __future__ import annotations

from app.reports.documents.case_report.care import draw_care
from app.reports.documents.case_report.household import draw_household
from app.reports.documents.case_report.record import draw_record
from app.reports.documents.letterhead import close_paper, open_paper
from app.reports.documents.page import PORTRAIT
from app.reports.rules.case_report import CaseReportFacts

TEMPLATE_VERSION = "R13-5"


def draw(facts: CaseReportFacts) -> bytes:
    """The report as a PDF, A4 upright."""
    flow = open_paper(facts.letterhead, PORTRAIT)
    draw_household(flow, facts)
    draw_care(flow, facts)
    draw_record(flow, facts)
    return close_paper(flow, facts, subject=facts.household.number)
