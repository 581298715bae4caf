"""The rules of assessments: instruments as data, and what answers add up to."""

from app.assessments.rules.changes import Direction, change_words, direction, is_worse, recheck_on
from app.assessments.rules.instruments import (
    Band,
    Choice,
    Instrument,
    InstrumentError,
    Item,
    Tick,
    instrument_from,
    with_cut_offs,
)
from app.assessments.rules.scoring import Line, Scored, Unanswered, band_for, score_items, score_total, show_number

__all__ = [
    "Band", "Choice", "Direction", "Instrument", "InstrumentError", "Item", "Line", "Scored", "Tick",
    "Unanswered", "band_for", "change_words", "direction", "instrument_from", "is_worse", "recheck_on", "score_items",
    "score_total", "show_number", "with_cut_offs",
]  # fmt: skip
