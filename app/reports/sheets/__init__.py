"""Spreadsheets of the same frozen facts that papers are drawn from. Like documents, sheets look nothing up.

`sheets.draw(facts)` answers the bytes of an XLSX file. Only papers that are tables have one: see `has_sheet`.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from app.reports.rules.register import ReportCode
from app.reports.rules.stored import Facts

__all__ = ["draw", "has_sheet", "template_version"]

_DOORS = {
    ReportCode.CASELOAD: "caseload",
    ReportCode.INCIDENTS: "incident_report",
    ReportCode.ROUND: "round_report",
    ReportCode.CASES: "counted",
    ReportCode.NEEDS: "counted",
}


def draw(facts: Facts) -> bytes:
    """The XLSX file of these facts: the same facts give the same bytes. KeyError for a paper that is no table."""
    from app.reports.sheets.workbook import bind

    return bind(facts, _sheet(facts.code).parts(facts))


def has_sheet(code: ReportCode) -> bool:
    """Whether a paper can be had as a spreadsheet."""
    return code in _DOORS


def template_version(code: ReportCode) -> str:
    """The version of the template that draws the spreadsheet of `code` today: «R04-XLSX-1»."""
    return f"{code}-XLSX-{_sheet(code).EDITION}"


def _sheet(code: ReportCode) -> ModuleType:
    return import_module(f"{__name__}.{_DOORS[code]}")
