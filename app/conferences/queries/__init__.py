"""Read conferences, their agendas, and cases that wait for one."""

from app.conferences.queries.candidates import carried_over, list_candidates, matter_of
from app.conferences.queries.conferences import (
    get_conference,
    list_confirmed,
    list_items_of,
    list_open,
    list_staff,
    newest_item,
    next_of,
    shown_items,
    state_of,
)
from app.conferences.queries.standing import first_lines, health_lines, marks_of

__all__ = [
    "carried_over", "first_lines", "get_conference", "health_lines", "list_candidates", "list_confirmed", "list_items_of",
    "list_open", "list_staff", "marks_of", "matter_of", "newest_item", "next_of", "shown_items", "state_of",
]  # fmt: skip
