"""Forms of cases, first counselling, approvals and closure reasons."""

from app.cases.forms.counselling import CounsellingForm
from app.cases.forms.deciding import ClassForm, ClosureForm, StepForm, VerdictForm
from app.cases.forms.intake import IntakeForm
from app.cases.forms.reasons import ReasonsForm, reasons_form

__all__ = [
    "ClassForm", "ClosureForm", "CounsellingForm", "IntakeForm", "ReasonsForm", "StepForm", "VerdictForm", "reasons_form",
]  # fmt: skip
