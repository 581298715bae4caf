"""The words and decisions of safety in the field and of protection. Pure."""

from app.safety.rules.alone import Refusal, asks_why_alone, names_police, refusal_of
from app.safety.rules.duty import DutyDetails, moved
from app.safety.rules.incidents import (
    Called,
    IncidentAccount,
    IncidentKind,
    IncidentReport,
    account_from,
    account_to_json,
    has_not_come,
)
from app.safety.rules.outings import (
    CHIPS,
    FIRST_ALARM,
    USUAL_MINUTES,
    AlarmStep,
    CheckIn,
    Company,
    Finding,
    Lateness,
    due_step,
    finding_words,
    lateness,
    minutes_between,
    moved_end,
)
from app.safety.rules.protection import ProtectionKind, is_late, open_for
from app.safety.rules.tallies import MOST_MONTHS, Happening, Tally, by_centre, by_month, months_of, next_month

__all__ = [
    "CHIPS", "FIRST_ALARM", "MOST_MONTHS", "USUAL_MINUTES", "AlarmStep", "Called", "CheckIn", "Company",
    "DutyDetails", "Finding", "Happening", "IncidentAccount", "IncidentKind", "IncidentReport", "Lateness",
    "ProtectionKind", "Refusal", "Tally", "account_from", "account_to_json", "asks_why_alone", "by_centre",
    "by_month", "due_step", "finding_words", "has_not_come", "is_late", "lateness", "minutes_between",
    "months_of", "moved", "moved_end", "names_police", "next_month", "open_for", "refusal_of",
]  # fmt: skip
