"""사례회의: one meeting, many households, decisions that move cases when the minutes are confirmed. Pure."""

from app.conferences.rules.agenda import Candidate, Waiting, grouped, moved, waiting_for
from app.conferences.rules.attending import (
    Attendee,
    people_of,
    read_attendees,
    stored_attendees,
    typed_lines,
    unclear,
)
from app.conferences.rules.decisions import CLASS_OF, POSSIBLE, decisions_for, matter_for, refusal, row_of
from app.conferences.rules.minutes import (
    MOST_ITEMS,
    Closing,
    Gaps,
    ItemDraft,
    MinutesDraft,
    Standing,
    gap_of,
    gaps_of,
    read_closing,
)
from app.conferences.rules.summaries import summary_of
from app.conferences.rules.vocabulary import ConferenceKind, Decision, Effect, Matter, State

__all__ = [
    "CLASS_OF", "MOST_ITEMS", "POSSIBLE", "Attendee", "Candidate", "Closing",
    "ConferenceKind", "Decision", "Effect", "Gaps", "ItemDraft", "Matter", "MinutesDraft", "Standing", "State", "Waiting",
    "decisions_for", "gap_of", "gaps_of", "grouped", "matter_for", "moved", "people_of", "read_attendees",
    "read_closing", "refusal", "row_of", "stored_attendees", "summary_of", "typed_lines", "unclear", "waiting_for",
]  # fmt: skip
