"""Read the print register, and count cases for the reports that count them."""

from app.reports.queries.case_figures import (
    CaseScope,
    CountedCases,
    centres_in_figures,
    count_by_centre,
    count_by_keeper,
    count_closures,
    list_counted,
    list_reasons,
)
from app.reports.queries.needs_figures import list_households
from app.reports.queries.register import count_copies, count_copies_of_sheets, count_in_year, get_print, list_prints

__all__ = [
    "CaseScope", "CountedCases", "centres_in_figures", "count_by_centre", "count_by_keeper", "count_closures", "count_copies",
    "count_copies_of_sheets", "count_in_year", "get_print", "list_counted", "list_households", "list_prints", "list_reasons",
]  # fmt: skip
