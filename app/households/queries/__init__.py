"""Read households. Every list and every lookup is scoped to who asks; out of scope does not exist."""

from app.households.queries.history import (
    Named,
    RiskJudged,
    list_changes,
    list_changes_since,
    list_risk_changes,
)
from app.households.queries.lines import HouseholdLine, lines_of
from app.households.queries.listed import ListedHousehold
from app.households.queries.listing import (
    HouseholdFilter,
    assigned_to,
    count_each,
    count_households,
    count_mine,
    find_by_number,
    get_flag,
    get_household,
    get_member,
    list_households,
    list_responsible,
    visible_to,
    with_line,
)
from app.households.queries.searching import MOST_FOUND, search, searchable
from app.households.queries.similar import find_similar

__all__ = [
    "MOST_FOUND", "HouseholdFilter", "HouseholdLine", "ListedHousehold", "Named", "RiskJudged", "assigned_to", "count_each", "count_households", "count_mine", "find_by_number", "find_similar",
    "get_flag", "get_household", "get_member", "lines_of", "list_changes", "list_changes_since", "list_households",
    "list_responsible", "list_risk_changes", "search", "searchable", "visible_to", "with_line",
]  # fmt: skip
