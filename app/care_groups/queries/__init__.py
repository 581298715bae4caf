"""Read the table that proposes, what it looks at, and where people stand."""

from app.care_groups.queries.findings import findings_of
from app.care_groups.queries.reviewing import Cause, ReviewLine, list_reviews
from app.care_groups.queries.standing import (
    Spell,
    get_registration,
    last_decision,
    list_decisions,
    list_registrations,
    list_spells,
    others_of,
    standing_registrations,
    standing_spell,
)
from app.care_groups.queries.tables import list_table_versions, read_table, table_in_force

__all__ = [
    "Cause", "ReviewLine", "Spell", "findings_of", "get_registration", "last_decision", "list_decisions",
    "list_registrations", "list_reviews", "list_spells", "list_table_versions", "others_of", "read_table",
    "standing_registrations", "standing_spell", "table_in_force",
]  # fmt: skip
