"""Pages of a visit: 오늘, logging, 부재, the record, its correction, and drafts."""

from __future__ import annotations

from app.visits.views import absences, drafts, records, today, words
from app.visits.views.blueprint import blueprint

__all__ = ["absences", "blueprint", "drafts", "records", "today", "words"]
