"""The pure rules of a visit: limits of what is measured, judgements of values, checks of a record."""

from __future__ import annotations

from app.visits.rules.alarms import ActionTaken, CrisisAction, RequiredAction, Symptom, SymptomCheck, Tone
from app.visits.rules.checks import (
    CLOCK_SLACK,
    REACHED,
    LastValues,
    check_absence,
    check_correction,
    check_next_visit,
    check_visit,
)
from app.visits.rules.crisis import Alarm, Crisis, Step, decide_crisis, find_crises, find_symptoms
from app.visits.rules.graphemes import cut
from app.visits.rules.hints import as_hints
from app.visits.rules.judgement_table import load_judgements
from app.visits.rules.judgements import (
    Judgement,
    Judgements,
    body_mass_index,
    find_in_force,
    judge,
    judge_bmi,
    judge_mean,
)
from app.visits.rules.parsing import parse_blood_pressure, parse_glucose, parse_number
from app.visits.rules.problems import Offer, Problem, Severity, list_unanswered
from app.visits.rules.record import (
    AbsenceDetails,
    Change,
    Correction,
    Tried,
    VisitDetails,
    days_late,
    keep_text,
    lateness,
    list_changes,
)
from app.visits.rules.states import FIRST_STATES, VISIT_TRANSITIONS, PlannedState, VisitState, can_move
from app.visits.rules.summary import LINE_LIMIT, absence_line, corrections_mark, visit_line, vitals_line, words_for_119
from app.visits.rules.texts import LINE_TEXT_LIMIT, NOTE_LIMIT, TEXT_FIELDS
from app.visits.rules.vital_kinds import (
    LIMITS,
    Arm,
    GlucoseContext,
    Limit,
    Measure,
    MeterFlag,
    NotMeasured,
    Position,
    VitalKind,
    show,
    show_with_unit,
)
from app.visits.rules.vitals import BloodPressure, Reading, check_reading, mean_blood_pressure

__all__ = [
    "CLOCK_SLACK",
    "FIRST_STATES",
    "LIMITS",
    "LINE_LIMIT",
    "LINE_TEXT_LIMIT",
    "NOTE_LIMIT",
    "REACHED",
    "TEXT_FIELDS",
    "VISIT_TRANSITIONS",
    "AbsenceDetails",
    "ActionTaken",
    "Alarm",
    "Arm",
    "BloodPressure",
    "Change",
    "Correction",
    "Crisis",
    "CrisisAction",
    "GlucoseContext",
    "Judgement",
    "Judgements",
    "LastValues",
    "Limit",
    "Measure",
    "MeterFlag",
    "NotMeasured",
    "Offer",
    "PlannedState",
    "Position",
    "Problem",
    "Reading",
    "RequiredAction",
    "Severity",
    "Step",
    "Symptom",
    "SymptomCheck",
    "Tone",
    "Tried",
    "VisitDetails",
    "VisitState",
    "VitalKind",
    "absence_line",
    "as_hints",
    "body_mass_index",
    "can_move",
    "check_absence",
    "check_correction",
    "check_next_visit",
    "check_reading",
    "check_visit",
    "corrections_mark",
    "cut",
    "days_late",
    "decide_crisis",
    "find_crises",
    "find_in_force",
    "find_symptoms",
    "judge",
    "judge_bmi",
    "judge_mean",
    "keep_text",
    "lateness",
    "list_changes",
    "list_unanswered",
    "load_judgements",
    "mean_blood_pressure",
    "parse_blood_pressure",
    "parse_glucose",
    "parse_number",
    "show",
    "show_with_unit",
    "visit_line",
    "vitals_line",
    "words_for_119",
]
