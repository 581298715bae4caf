"""Record what was answered; take it back with a reason; load instruments and a district's own cut-offs."""

from app.assessments.service.following import set_proposed_rule
from app.assessments.service.recording import AssessmentDetails, record_assessment, void_assessment
from app.assessments.service.versions import add_instruments, add_own, own_version, refuse_past, set_cut_offs

__all__ = [
    "AssessmentDetails", "add_instruments", "add_own", "own_version", "record_assessment", "refuse_past", "set_cut_offs", "set_proposed_rule",
    "void_assessment",
]  # fmt: skip
