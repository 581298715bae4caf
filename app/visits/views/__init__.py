"""Pages of a visit: 오늘, logging, 부재, the record, its correction, and drafts."""

from __future__ import annotations

from app.visits.views import (
    absence_decisions,
    absences,
    cancelling,
    counselling,
    drafts,
    national,
    needs,
    neighbour_checks,
    planning,
    records,
    second_notes,
    showing,
    signing,
    today,
    trends,
    voiding,
    words,
)
from app.visits.views.blueprint import blueprint

__all__ = [
    "absence_decisions",
    "absences",
    "blueprint",
    "cancelling",
    "counselling",
    "drafts",
    "national",
    "needs",
    "neighbour_checks",
    "planning",
    "records",
    "second_notes",
    "showing",
    "signing",
    "today",
    "trends",
    "voiding",
    "words",
]
