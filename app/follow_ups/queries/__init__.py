"""Read rules, terms, contacts and dues."""

from app.follow_ups.queries.dues import (
    compute_dues,
    count_stale,
    last_contact_modes,
    list_dues,
    read_dues,
)
from app.follow_ups.queries.judging import (
    Judged,
    absence_step,
    district_of,
    due_of,
    engine_rule,
    engine_term,
    get_rule_in_force,
    groups_in,
    judge,
    list_contacts,
    list_rules_in_force,
    list_terms,
    standing_groups,
    standing_terms,
    working_days_for,
)
from app.follow_ups.queries.today import Call, Today, list_today, standing_flags

__all__ = [
    "Call", "Judged", "Today", "absence_step", "compute_dues", "count_stale", "district_of", "due_of", "engine_rule", "engine_term",
    "get_rule_in_force", "groups_in", "judge", "last_contact_modes", "list_contacts", "list_dues",
    "list_rules_in_force", "list_terms", "list_today", "read_dues", "standing_flags", "standing_groups", "standing_terms",
    "working_days_for",
]  # fmt: skip
