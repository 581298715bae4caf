"""Papers drawn from frozen facts. Documents look nothing up: no Flask, no database, no clock.

`documents.case_report.draw(facts)`, and so `caseload`, `schedule`, `entry_sheet` and `visit_sheet`, answer the bytes
of a PDF. Each is loaded when it is first used, so importing this package costs nothing at start-up.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from app.reports.rules.register import ReportCode
from app.reports.rules.stored import Facts

if TYPE_CHECKING:
    import app.reports.documents.aftercare_sheet as aftercare_sheet
    import app.reports.documents.case_figures as case_figures
    import app.reports.documents.case_report as case_report
    import app.reports.documents.caseload as caseload
    import app.reports.documents.closure_sheet as closure_sheet
    import app.reports.documents.consent_sheet as consent_sheet
    import app.reports.documents.counselling_sheet as counselling_sheet
    import app.reports.documents.entry_sheet as entry_sheet
    import app.reports.documents.incident_report as incident_report
    import app.reports.documents.minutes_sheet as minutes_sheet
    import app.reports.documents.needs_figures as needs_figures
    import app.reports.documents.needs_sheet as needs_sheet
    import app.reports.documents.phone_tree as phone_tree
    import app.reports.documents.plan_sheet as plan_sheet
    import app.reports.documents.protection_report as protection_report
    import app.reports.documents.referral_sheet as referral_sheet
    import app.reports.documents.round_report as round_report
    import app.reports.documents.schedule as schedule
    import app.reports.documents.visit_sheet as visit_sheet

__all__ = [
    "aftercare_sheet",
    "case_figures",
    "case_report",
    "caseload",
    "closure_sheet",
    "consent_sheet",
    "counselling_sheet",
    "draw",
    "entry_sheet",
    "incident_report",
    "minutes_sheet",
    "needs_figures",
    "needs_sheet",
    "phone_tree",
    "plan_sheet",
    "protection_report",
    "referral_sheet",
    "round_report",
    "schedule",
    "template_version",
    "visit_sheet",
]  # fmt: skip

_DOORS = {
    ReportCode.CASE_REPORT: "case_report",
    ReportCode.CASELOAD: "caseload",
    ReportCode.SCHEDULE: "schedule",
    ReportCode.ENTRY_SHEET: "entry_sheet",
    ReportCode.PHONE_TREE: "phone_tree",
    ReportCode.PROTECTION: "protection_report",
    ReportCode.INCIDENTS: "incident_report",
    ReportCode.ROUND: "round_report",
    ReportCode.CASES: "case_figures",
    ReportCode.NEEDS: "needs_figures",
    ReportCode.VISIT_SHEET: "visit_sheet",
    ReportCode.COUNSELLING_SHEET: "counselling_sheet",
    ReportCode.NEEDS_SHEET: "needs_sheet",
    ReportCode.MINUTES_SHEET: "minutes_sheet",
    ReportCode.PLAN_SHEET: "plan_sheet",
    ReportCode.REFERRAL_SHEET: "referral_sheet",
    ReportCode.CLOSURE_SHEET: "closure_sheet",
    ReportCode.AFTERCARE_SHEET: "aftercare_sheet",
    ReportCode.CONSENT_SHEET: "consent_sheet",
}


def draw(facts: Facts) -> bytes:
    """The PDF of whichever paper these facts belong to: the same facts give the same bytes."""
    paper: bytes = _paper(facts.code).draw(facts)
    return paper


def template_version(code: ReportCode) -> str:
    """The version of the template that draws `code` today; the print register keeps it beside the facts."""
    version: str = _paper(code).TEMPLATE_VERSION
    return version


def _paper(code: ReportCode) -> ModuleType:
    return import_module(f"{__name__}.{_DOORS[code]}")


def __getattr__(name: str) -> ModuleType:
    """Load a document the first time somebody names it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(f"{__name__}.{name}")
