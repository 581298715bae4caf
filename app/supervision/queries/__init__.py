"""Read the access log, and records that look odd together."""

from app.supervision.queries.access_log import LogFilter, LogLine, list_log
from app.supervision.queries.questions import (
    find_asked,
    get_asked,
    list_questions,
    list_records_of,
    list_waiting,
    names_of,
)

__all__ = [
    "LogFilter", "LogLine", "find_asked", "get_asked", "list_log", "list_questions", "list_records_of", "list_waiting",
    "names_of",
]  # fmt: skip
