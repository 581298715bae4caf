"""Write surveys of needs, take them back; keep the form they are asked with."""

from app.needs.service.instruments import add_needs_form, set_needs_form
from app.needs.service.recording import NeedsDetails, Recorded, may_take_back, record_needs, restore_needs, void_needs

__all__ = [
    "NeedsDetails", "Recorded", "add_needs_form", "may_take_back", "record_needs", "restore_needs", "set_needs_form",
    "void_needs",
]  # fmt: skip
