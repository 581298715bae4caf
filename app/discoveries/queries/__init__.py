"""Read lists, their rows, and what a household's discoveries were. Rows are scoped to who asks."""

from app.discoveries.queries.codes import codes_in_force, crisis_words, list_code_versions
from app.discoveries.queries.decided import (
    Decided,
    Said,
    decided_links,
    find_other_decision,
    list_earlier_decisions,
    person_key,
)
from app.discoveries.queries.histories import Discovered, DiscoveredRow, discovered_times, list_rows_of
from app.discoveries.queries.known import (
    KnownPeople,
    KnownPerson,
    KnownRow,
    find_known_people,
    find_known_rows,
    find_list,
    find_same_rows,
    known_people_of,
)
from app.discoveries.queries.lists import ListLine, count_held, count_rows, get_list, list_lists, visible_to
from app.discoveries.queries.rows import (
    get_row,
    list_decided_by,
    list_held,
    list_resembling,
    list_rows,
    rows_to_fix,
)

__all__ = [
    "Decided", "Discovered", "DiscoveredRow", "KnownPeople", "KnownPerson", "KnownRow", "ListLine", "Said",
    "codes_in_force", "count_held", "count_rows", "crisis_words", "decided_links", "discovered_times",
    "find_known_people", "find_known_rows", "find_list", "find_other_decision", "find_same_rows", "get_list",
    "get_row", "known_people_of", "list_code_versions", "list_decided_by", "list_earlier_decisions", "list_held", "list_lists",
    "list_resembling", "list_rows", "list_rows_of", "person_key", "rows_to_fix", "visible_to",
]  # fmt: skip
