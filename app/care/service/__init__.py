"""Change care: the problem list, medicines, and what a visit form says of both."""

from app.care.service.medicines import add_medicine, change_medicine, confirm_medicines, end_medicine
from app.care.service.problems import (
    ProblemDetails,
    close_problem,
    describe_problem,
    open_problem,
    rate_problem,
    reopen_problem,
)
from app.care.service.recording import Occasion, move_care, record_care, replace_care

__all__ = [
    "Occasion", "ProblemDetails", "add_medicine", "change_medicine", "close_problem", "confirm_medicines",
    "describe_problem", "end_medicine", "move_care", "open_problem", "rate_problem", "record_care", "reopen_problem",
    "replace_care",
]  # fmt: skip
