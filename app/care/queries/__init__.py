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
from app.care.queries.medicines import (
    confirmed_by_check,
    count_medicines,
    get_medicine,
    list_checks,
    list_medicines,
    standing_medicines,
)
from app.care.queries.offering import offer_care
from app.care.queries.problems import (
    ProblemLine,
    get_problem,
    line_of,
    list_for_paper,
    list_problems,
    values_of,
)
from app.care.queries.recent import recent_targets
from app.care.queries.sights import sight_of
from app.care.queries.tables import omaha, picks
from app.care.queries.typed import NOT_TIED, get_care, kept_words, typed_words

__all__ = [
    "NOT_TIED", "CheckLine", "DoneLine", "ProblemLine", "RatingLine", "Values", "VisitCare", "confirmed_by_check",
    "count_medicines", "get_care", "get_medicine", "get_problem", "kept_words", "line_of", "list_checks", "list_done",
    "list_for_paper", "list_medicines", "list_problems", "offer_care", "omaha", "picks", "rating_words", "recent_targets", "sight_of",
    "standing_medicines", "typed_words", "values_of",
]  # fmt: skip
