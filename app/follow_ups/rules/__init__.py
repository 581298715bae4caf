"""The rules of follow-ups: pure, so that a date can be computed anywhere and doubted by anyone."""

from app.follow_ups.rules.absence import (
    AbsenceAnswer,
    AbsenceLadder,
    AbsenceRuling,
    LadderStep,
    judge_absence,
    next_turn,
    vain_tries,
)
from app.follow_ups.rules.absence_decisions import awaits_decision, check_decision, decision_words, next_words
from app.follow_ups.rules.because import sentence
from app.follow_ups.rules.breaks import LongBreak, break_swallowing
from app.follow_ups.rules.care_groups import FAMILIES, CareGroup, family_of, group_of
from app.follow_ups.rules.document import answer_document
from app.follow_ups.rules.due import due, last_seen_on
from app.follow_ups.rules.dues import DAYS_AHEAD, PRESSING, Due, due_from, horizon, household_order, in_order
from app.follow_ups.rules.fields import DocumentError
from app.follow_ups.rules.reckoning import window_of
from app.follow_ups.rules.rule_rows import ladder_from, rule_from
from app.follow_ups.rules.statuses import status_on
from app.follow_ups.rules.terms import (
    AfterEvent,
    Because,
    Contact,
    DaySpan,
    Deadline,
    DueAnswer,
    Interval,
    MemberId,
    MissedWindow,
    Once,
    Parameters,
    Quota,
    RuleVersion,
    Span,
    Term,
    TermIncomplete,
)
from app.follow_ups.rules.versions import Holding, Verdict, due_by_versions, holding_on
from app.follow_ups.rules.vocabulary import (
    AbsenceVerdict,
    ContactMode,
    HolidayKind,
    LadderAction,
    Profession,
    Purpose,
    ReasonCode,
    RuleKind,
    Shift,
    Status,
)

__all__ = [
    "DAYS_AHEAD",
    "FAMILIES",
    "PRESSING",
    "AbsenceAnswer",
    "AbsenceLadder",
    "AbsenceRuling",
    "AbsenceVerdict",
    "AfterEvent",
    "Because",
    "CareGroup",
    "Contact",
    "ContactMode",
    "DaySpan",
    "Deadline",
    "DocumentError",
    "Due",
    "DueAnswer",
    "Holding",
    "HolidayKind",
    "Interval",
    "LadderAction",
    "LadderStep",
    "LongBreak",
    "MemberId",
    "MissedWindow",
    "Once",
    "Parameters",
    "Profession",
    "Purpose",
    "Quota",
    "ReasonCode",
    "RuleKind",
    "RuleVersion",
    "Shift",
    "Span",
    "Status",
    "Term",
    "TermIncomplete",
    "Verdict",
    "answer_document",
    "awaits_decision",
    "break_swallowing",
    "check_decision",
    "decision_words",
    "due",
    "due_by_versions",
    "due_from",
    "family_of",
    "group_of",
    "holding_on",
    "horizon",
    "household_order",
    "in_order",
    "judge_absence",
    "ladder_from",
    "last_seen_on",
    "next_turn",
    "next_words",
    "rule_from",
    "sentence",
    "status_on",
    "vain_tries",
    "window_of",
]
