"""사례: from intake to the end of aftercare, with clocks, approvals and reasons. Pure."""

from app.cases.rules.vocabulary import ApprovalKind, CaseClass, CaseStage, CounsellingWay, Verdict

__all__ = ["ApprovalKind", "CaseClass", "CaseStage", "CounsellingWay", "Verdict"]
