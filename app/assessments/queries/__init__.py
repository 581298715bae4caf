"""Read instruments and what was answered."""

from app.assessments.queries.beside import BesideVisit, beside_visit
from app.assessments.queries.results import (
    Change,
    Result,
    Series,
    count_results,
    due_again,
    get_result,
    list_of_visit,
    list_results,
    may_see,
    series_of,
)
from app.assessments.queries.versions import (
    TABLES,
    code_of,
    get_version,
    list_instruments,
    list_versions,
    read,
)

__all__ = [
    "TABLES", "BesideVisit", "Change", "Result", "Series", "beside_visit", "code_of", "count_results", "due_again", "get_result", "get_version", "list_instruments", "list_of_visit", "list_results",
    "list_versions", "may_see", "read", "series_of",
]  # fmt: skip
