"""Open cases, move them by the table, counsel, classify, approve, close and begin again."""

from app.cases.service.approvals import ask_approval, decide_approval, when_decided, withdraw_approval
from app.cases.service.closing import ClosureDetails, ask_closure, close
from app.cases.service.counselling import CounsellingDetails, change_counselling, record_counselling
from app.cases.service.moving import ClassDetails, classify, end_case, end_unselected, move, propose_for
from app.cases.service.opening import CaseDetails, change_intake, open_case, reopen
from app.cases.service.reasons import ReasonChange, add_reason_table, change_reasons

__all__ = [
    "CaseDetails", "ClassDetails", "ClosureDetails", "CounsellingDetails", "ReasonChange", "add_reason_table",
    "ask_approval", "ask_closure", "change_counselling", "change_intake", "change_reasons", "classify", "close",
    "decide_approval", "end_case", "end_unselected", "move", "open_case", "propose_for", "record_counselling",
    "reopen", "when_decided", "withdraw_approval",
]  # fmt: skip
