"""Read care: the shipped tables, what was done on visits, the problem list, medicines."""

from app.care.queries.done import (
    CheckLine,
    DoneLine,
    RatingLine,
    Values,
    VisitCare,
    list_done,
    rating_words,
)
from app.care.queries.recent import recent_targets
from app.care.queries.sights import sight_of
from app.care.queries.tables import omaha, picks

__all__ = [
    "CheckLine", "DoneLine", "RatingLine", "Values", "VisitCare", "list_done", "omaha", "picks", "rating_words",
    "recent_targets", "sight_of",
]  # fmt: skip
