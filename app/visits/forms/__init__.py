"""The forms of a visit: what was typed becomes `rules.VisitDetails` or `rules.AbsenceDetails`. No database."""

from app.visits.forms.absence import AbsenceForm
from app.visits.forms.neighbour_check import NeighbourCheckForm
from app.visits.forms.visit import TOLD, CorrectionForm, VisitForm, correction_form, visit_form
from app.visits.forms.vitals import MemberVitalsForm, typed_again

__all__ = [
    "TOLD",
    "AbsenceForm",
    "CorrectionForm",
    "MemberVitalsForm",
    "NeighbourCheckForm",
    "VisitForm",
    "correction_form",
    "typed_again",
    "visit_form",
]
