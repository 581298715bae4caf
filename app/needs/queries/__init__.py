"""Read the form of needs, surveys, what changed between them, and counts of many."""

from app.needs.queries.assessments import (
    Need,
    compare_rows,
    comparison,
    first_and_latest,
    get_assessment,
    latest_assessment,
    latest_needs,
    list_assessments,
    needs_line,
    needs_of,
    reads_health,
)
from app.needs.queries.counting import answered_of, count_domains, household_type_of
from app.needs.queries.instruments import form_in_force, get_form, list_forms, read
from app.needs.queries.labels import item_label, needs_to_choose

__all__ = [
    "Need",
    "answered_of",
    "compare_rows",
    "comparison",
    "count_domains",
    "first_and_latest",
    "form_in_force",
    "get_assessment",
    "get_form",
    "household_type_of",
    "item_label",
    "latest_assessment",
    "latest_needs",
    "list_assessments",
    "list_forms",
    "needs_line",
    "needs_of",
    "needs_to_choose",
    "read",
    "reads_health",
]  # fmt: skip
