"""Read cases, their clocks, counselling, approvals and the lists that offices change."""

from app.cases.queries.approvals import (
    count_waiting,
    get_approval,
    list_decided,
    list_waiting,
    waiting_of,
    was_approved,
)
from app.cases.queries.board import cards_of
from app.cases.queries.cases import (
    get_case,
    list_board,
    list_cases_of,
    list_keepers,
    list_next_of,
    live_case,
    standing_case,
)
from app.cases.queries.clocks import dues_of_cases, is_done, standing_clocks
from app.cases.queries.counselling import counselling_of, get_counselling, list_counselling
from app.cases.queries.reasons import (
    closure_reasons,
    list_tables,
    read_reasons,
    reason_label,
    table_in_force,
    target_groups,
)

__all__ = [
    "cards_of", "closure_reasons", "counselling_of", "count_waiting", "dues_of_cases", "get_approval", "get_case", "get_counselling",
    "is_done", "list_board", "list_cases_of", "list_counselling", "list_decided", "list_keepers", "list_next_of",
    "list_tables", "list_waiting", "live_case", "read_reasons", "reason_label", "standing_case", "standing_clocks",
    "table_in_force", "target_groups", "waiting_of", "was_approved",
]  # fmt: skip
