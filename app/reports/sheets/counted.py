"""Papers that are tables of counts and nothing else (R03, R05): a worksheet for each table."""

from __future__ import annotations

from app.reports.rules.case_figures import CaseFiguresFacts
from app.reports.rules.needs_figures import NeedsFiguresFacts
from app.reports.sheets.parts import Part, part_of

EDITION = "1"


def parts(facts: CaseFiguresFacts | NeedsFiguresFacts) -> tuple[Part, ...]:
    """The tables in the order of the paper; the tab says what the rows and columns are."""
    return tuple(part_of(counted.title, counted) for counted in facts.tables)
