"""Forms of follow-ups."""

from app.follow_ups.forms.terms import CareGroupForm, EndTermForm, TermForm

__all__ = ["CareGroupForm", "EndTermForm", "TermForm"]
