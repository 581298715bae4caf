"""Read instruments and what was answered."""

from app.assessments.queries.results import (
    Result,
    Series,
    get_result,
    list_results,
    may_see,
    series_of,
)
from app.assessments.queries.versions import (
    TABLES,
    code_of,
    get_version,
    key_of,
    list_instruments,
    list_versions,
    read,
)

__all__ = [
    "TABLES", "Result", "Series", "code_of", "get_result", "get_version", "key_of", "list_instruments", "list_results",
    "list_versions", "may_see", "read", "series_of",
]  # fmt: skip
