"""The forms of a visit: what was typed becomes `rules.VisitDetails` or `rules.AbsenceDetails`. No database."""

from app.visits.forms.absence import AbsenceForm
from app.visits.forms.carried import as_offered
from app.visits.forms.neighbour_check import NeighbourCheckForm
from app.visits.forms.typed_again import typed_again
from app.visits.forms.visit import STABLE_FIELDS, TOLD, CorrectionForm, VisitForm, correction_form, visit_form
from app.visits.forms.vitals import MemberVitalsForm

__all__ = [
    "STABLE_FIELDS",
    "TOLD",
    "AbsenceForm",
    "CorrectionForm",
    "MemberVitalsForm",
    "NeighbourCheckForm",
    "VisitForm",
    "as_offered",
    "correction_form",
    "typed_again",
    "visit_form",
]
