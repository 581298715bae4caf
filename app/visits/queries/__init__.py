"""Read visits, drafts and vitals, within the scope of who asks."""

from app.visits.queries.companions import Companion, list_companions
from app.visits.queries.drafts import find_draft, find_open_draft, list_drafts
from app.visits.queries.earlier import SharedLine, last_carried, last_shared_line
from app.visits.queries.planned import (
    PlannedRecord,
    get_planned,
    list_going,
    list_leaves,
    list_planned,
    standing_plans,
)
from app.visits.queries.records import ReadingRecord, VisitRecord, get_visit, list_notes_of, list_visits
from app.visits.queries.surroundings import engagement_for, surroundings_of
from app.visits.queries.vitals import (
    REMEMBERED_KINDS,
    as_reading,
    judgements_in_force,
    last_readings,
    last_values,
)

__all__ = [
    "REMEMBERED_KINDS", "Companion", "PlannedRecord", "ReadingRecord", "SharedLine", "VisitRecord", "as_reading",
    "engagement_for", "find_draft", "find_open_draft", "get_planned", "get_visit", "judgements_in_force",
    "last_carried", "last_readings", "last_shared_line", "last_values", "list_companions", "list_drafts", "list_going", "list_leaves", "list_notes_of", "list_planned",
    "list_visits", "standing_plans", "surroundings_of",
]  # fmt: skip
