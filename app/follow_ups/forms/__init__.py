"""Forms of follow-ups."""

from app.follow_ups.forms.absence_decisions import AbsenceDecisionForm
from app.follow_ups.forms.terms import CareGroupForm, EndTermForm, TermForm

__all__ = ["AbsenceDecisionForm", "CareGroupForm", "EndTermForm", "TermForm"]
