"""The rules of care: problems and scales as data, quick picks, the medicine check, and what was typed. Pure."""

from app.care.rules.omaha import (
    HIGHEST,
    LOWEST,
    NUMBER_OF_PROBLEMS,
    SCALES,
    Domain,
    Omaha,
    OmahaError,
    ProblemKind,
    Scale,
    omaha_from,
)
from app.care.rules.picks import MOST_AT_HAND, Pick, Picks, PicksError, picks_from
from app.care.rules.typed import (
    CareDetails,
    Checked,
    Done,
    MedicineChange,
    MedicineDetails,
    Rated,
    served,
)
from app.care.rules.vocabulary import (
    CONCERNS,
    POINTS,
    ChangeOf,
    Doubles,
    InterventionKind,
    Left,
    ListAnswer,
    Missed,
    NamesKnown,
    SideEffects,
    answer_label,
    is_concern,
)

__all__ = [
    "CONCERNS", "HIGHEST", "LOWEST", "MOST_AT_HAND", "NUMBER_OF_PROBLEMS", "POINTS", "SCALES", "CareDetails",
    "ChangeOf", "Checked", "Domain", "Done", "Doubles", "InterventionKind", "Left", "ListAnswer", "MedicineChange",
    "MedicineDetails", "Missed", "NamesKnown", "Omaha", "OmahaError", "Pick", "Picks", "PicksError", "ProblemKind",
    "Rated", "Scale", "SideEffects", "answer_label", "is_concern", "omaha_from", "picks_from", "served",
]  # fmt: skip
