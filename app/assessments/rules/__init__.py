"""The rules of assessments: instruments as data, and what answers add up to."""

from app.assessments.rules.instruments import (
    CUT_OFF_FIELDS,
    Band,
    Choice,
    Instrument,
    InstrumentError,
    Item,
    instrument_from,
    with_cut_offs,
)
from app.assessments.rules.scoring import Line, Scored, Unanswered, band_for, score_items, score_total, show_number

__all__ = [
    "CUT_OFF_FIELDS", "Band", "Choice", "Instrument", "InstrumentError", "Item", "Line", "Scored", "Unanswered",
    "band_for", "instrument_from", "score_items", "score_total", "show_number", "with_cut_offs",
]  # fmt: skip
