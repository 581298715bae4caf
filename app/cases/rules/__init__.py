"""사례: from intake to the end of aftercare, with clocks, approvals and reasons. Pure."""

from app.cases.rules.board import COLUMNS, BoardFilter, Card, columns_of, in_need_order
from app.cases.rules.classes import ClassProposal, FoundNeed, propose_class
from app.cases.rules.clocks import ALL_CLOCKS, CHECKS, DEADLINES, RECHECK, Change, clocks_on_entering
from app.cases.rules.moves import (
    CARE,
    LIVE,
    MOVES,
    Move,
    Needed,
    missing_for,
    next_stages,
    no_way,
    refusal,
    rows_between,
    stages_ahead,
)
from app.cases.rules.reasons import (
    CLOSURE_REASONS,
    NOT_SELECTED,
    TARGET_GROUPS,
    Reason,
    ReasonList,
    ReasonsError,
    reasons_from,
)
from app.cases.rules.routes import Route, route_label
from app.cases.rules.vocabulary import ApprovalKind, CaseClass, CaseStage, CounsellingWay, Verdict

__all__ = [
    "ALL_CLOCKS", "CARE", "CHECKS", "CLOSURE_REASONS", "COLUMNS", "DEADLINES", "LIVE", "MOVES", "NOT_SELECTED",
    "RECHECK", "TARGET_GROUPS", "ApprovalKind", "BoardFilter", "Card", "CaseClass", "CaseStage", "Change",
    "ClassProposal", "CounsellingWay", "FoundNeed", "Move", "Needed", "Reason", "ReasonList",
    "ReasonsError", "Route", "Verdict", "clocks_on_entering", "columns_of", "in_need_order", "missing_for", "next_stages",
    "no_way", "propose_class", "reasons_from", "refusal", "route_label", "rows_between", "stages_ahead",
]  # fmt: skip
