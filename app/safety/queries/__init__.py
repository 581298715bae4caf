"""Read who is out, incidents, phone trees, restricted tasks and public numbers, within the reader's scope."""

from app.safety.queries.duty import get_duty_contact, list_duty_contacts
from app.safety.queries.incidents import (
    MOST_SHOWN,
    Wanted,
    count_own_open,
    get_incident,
    keeps,
    list_happenings,
    list_incidents,
    list_of_household,
    list_own_incidents,
    list_unreviewed,
)
from app.safety.queries.protection import Hotline, get_protection, list_hotlines, list_late_protection, list_protection

__all__ = [
    "MOST_SHOWN", "Hotline", "Wanted", "count_own_open", "get_duty_contact", "get_incident", "get_protection",
    "keeps", "list_duty_contacts", "list_happenings", "list_hotlines", "list_incidents", "list_late_protection",
    "list_of_household", "list_own_incidents", "list_protection", "list_unreviewed",
]  # fmt: skip
