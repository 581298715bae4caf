"""The forms of a visit: what was typed becomes `rules.VisitDetails` or `rules.AbsenceDetails`. No database."""

from app.visits.forms.absence import AbsenceForm
from app.visits.forms.cancelling import CancellingForm
from app.visits.forms.carried import as_offered
from app.visits.forms.neighbour_check import NeighbourCheckForm
from app.visits.forms.second_notes import SecondCorrectionForm, SecondNoteForm, second_correction_form, second_form
from app.visits.forms.typed_again import typed_again
from app.visits.forms.visit import STABLE_FIELDS, TOLD, CorrectionForm, VisitForm, correction_form, visit_form
from app.visits.forms.vitals import MemberVitalsForm
from app.visits.forms.voiding import ReviveForm, VoidForm

__all__ = [
    "STABLE_FIELDS",
    "TOLD",
    "AbsenceForm",
    "CancellingForm",
    "CorrectionForm",
    "MemberVitalsForm",
    "NeighbourCheckForm",
    "ReviveForm",
    "SecondCorrectionForm",
    "SecondNoteForm",
    "VisitForm",
    "VoidForm",
    "as_offered",
    "correction_form",
    "second_correction_form",
    "second_form",
    "typed_again",
    "visit_form",
]
