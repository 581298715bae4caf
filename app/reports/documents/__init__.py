"""Papers drawn from frozen facts. Documents look nothing up: no Flask, no database, no clock.

`documents.case_report.draw(facts)`, and so `caseload`, `schedule` and `entry_sheet`, answer the bytes of a PDF,
`documents.svg.vitals_trend(…)` the chart of the case report for a page. Each is loaded when it is first used, so
importing this package costs nothing at start-up.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from app.reports.rules.register import ReportCode
from app.reports.rules.stored import Facts

if TYPE_CHECKING:
    import app.reports.documents.case_report as case_report
    import app.reports.documents.caseload as caseload
    import app.reports.documents.entry_sheet as entry_sheet
    import app.reports.documents.schedule as schedule
    import app.reports.documents.svg as svg

__all__ = ["case_report", "caseload", "draw", "entry_sheet", "schedule", "svg", "template_version"]

_DOORS = {
    ReportCode.CASE_REPORT: "case_report",
    ReportCode.CASELOAD: "caseload",
    ReportCode.SCHEDULE: "schedule",
    ReportCode.ENTRY_SHEET: "entry_sheet",
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
