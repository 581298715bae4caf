"""Forms of follow-ups."""

from app.follow_ups.forms.absence_decisions import AbsenceDecisionForm
from app.follow_ups.forms.terms import EndTermForm, TermForm

__all__ = ["AbsenceDecisionForm", "EndTermForm", "TermForm"]
