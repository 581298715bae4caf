"""Forms of discoveries: lists, what is decided about a row, and what became of whoever was to be found."""

from app.discoveries.forms.lists import DecisionForm, ImportForm

__all__ = ["DecisionForm", "ImportForm"]
