"""Forms of conferences, their agendas and minutes."""

from app.conferences.forms.minutes import ItemRow, MinutesForm, typed_of
from app.conferences.forms.planning import AddendumForm, AgendaForm, ConferenceForm, PutOnForm

__all__ = [
    "AddendumForm", "AgendaForm", "ConferenceForm", "ItemRow", "MinutesForm", "PutOnForm", "typed_of",
]  # fmt: skip
