"""The pure side of a household: its closed lists, the shapes typed into forms, and how it is searched."""

from app.households.rules.details import DwellingDetails, FlagDetails, HouseholdDetails, MemberDetails
from app.households.rules.search import (
    Searchable,
    Wanted,
    begins_others,
    grams_of,
    is_found,
    parse_search,
)
from app.households.rules.vocabulary import (
    LONG_UNSEEN_DAYS,
    NAME_UNKNOWN,
    STRICTNESS,
    Benefit,
    ClosureReason,
    Dwelling,
    FlagKind,
    FlagRule,
    HealthGround,
    HouseholdStatus,
    HouseholdType,
    Relation,
    Risk,
    Sex,
    age_on,
    is_review_due,
    strictest,
)

__all__ = [
    "LONG_UNSEEN_DAYS", "NAME_UNKNOWN", "STRICTNESS", "Benefit", "ClosureReason", "Dwelling", "DwellingDetails",
    "FlagDetails", "FlagKind", "FlagRule", "HealthGround", "HouseholdDetails", "HouseholdStatus", "HouseholdType",
    "MemberDetails", "Relation", "Risk", "Searchable", "Sex", "Wanted", "age_on", "begins_others", "grams_of", "is_found", "is_review_due", "parse_search", "strictest",
]  # fmt: skip
