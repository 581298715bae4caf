"""Pages of safety: who is out, incidents and their count, phone trees, and restricted tasks."""

from app.safety.views import alone, answering, board, duty, incident_counts, incidents, outings, protection
from app.safety.views.blueprint import blueprint

__all__ = [
    "alone", "answering", "blueprint", "board", "duty", "incident_counts", "incidents", "outings", "protection",
]  # fmt: skip
