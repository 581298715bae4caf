"""Pages of safety: who is out, incidents and their count, phone trees, and restricted tasks."""

from app.safety.views import alone, board, duty, incident_counts, incidents, outings, protection
from app.safety.views.blueprint import blueprint

__all__ = [
    "alone", "blueprint", "board", "duty", "incident_counts", "incidents", "outings", "protection",
]  # fmt: skip
