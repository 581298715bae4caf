"""Read rules, terms, contacts and dues."""

from app.follow_ups.queries.absence_decisions import (
    Awaiting,
    count_decided_tries,
    list_awaiting,
    list_decisions,
    list_ladder_steps,
)
from app.follow_ups.queries.dues import compute_dues, last_contact_modes, list_dues, read_dues
from app.follow_ups.queries.histories import (
    Place,
    hold_places,
    hold_rules,
    list_contacts,
    list_places,
    newest_rulings,
    standing_terms,
)
from app.follow_ups.queries.judging import (
    Grounds,
    Judged,
    JudgedHousehold,
    absence_step,
    district_of,
    due_of,
    engine_term,
    grounds_of,
    groups_in,
    judge_places,
    list_terms,
    standing_groups,
    working_days_for,
)
from app.follow_ups.queries.rule_book import (
    LadderBook,
    RuleBook,
    Version,
    engine_rule,
    get_rule_in_force,
    ladder_book,
    list_rule_versions,
    list_rules_in_force,
    rule_book,
)
from app.follow_ups.queries.today import Call, Today, list_today, standing_flags
from app.follow_ups.queries.touched import (
    count_stale,
    list_stale,
    list_touched_by_days,
    list_under_rule,
    list_with_absences,
)

__all__ = [
    "Awaiting", "Call", "Grounds", "Judged", "JudgedHousehold", "LadderBook", "Place", "RuleBook", "Today",
    "Version", "absence_step", "compute_dues", "count_decided_tries", "count_stale", "district_of", "due_of",
    "engine_rule", "engine_term", "get_rule_in_force", "grounds_of", "groups_in", "hold_places", "hold_rules", "judge_places",
    "ladder_book", "last_contact_modes", "list_awaiting", "list_contacts", "list_decisions",
    "list_dues", "list_ladder_steps", "list_places", "list_rule_versions", "list_rules_in_force", "list_stale",
    "list_terms", "list_today", "list_touched_by_days", "list_under_rule", "list_with_absences", "newest_rulings",
    "read_dues", "rule_book", "standing_flags", "standing_groups", "standing_terms", "working_days_for",
]  # fmt: skip
