"""Read who is out, incidents, phone trees, restricted tasks and public numbers, within the reader's scope."""

from app.safety.queries.alone import allowed_at, asked_subject, find_override, list_allowed, list_asked, list_overrides
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
)
from app.safety.queries.outings import (
    OutCount,
    colleague_ids,
    count_out,
    deciding_ids,
    duty_ids,
    find_outing_of_visit,
    find_own_outing,
    get_outing,
    list_alarmed,
    list_open_of,
    list_out,
    list_overdue,
    rule_of,
    rule_on,
)
from app.safety.queries.protection import (
    Hotline,
    get_protection,
    list_hotlines,
    list_late_protection,
    list_named,
    list_protection,
)

__all__ = [
    "MOST_SHOWN", "Hotline", "OutCount", "Wanted", "allowed_at", "asked_subject", "colleague_ids", "count_out", "count_own_open",
    "deciding_ids", "duty_ids", "find_outing_of_visit", "find_override", "find_own_outing", "get_duty_contact",
    "get_incident", "get_outing", "get_protection", "keeps", "list_alarmed", "list_allowed", "list_asked",
    "list_duty_contacts", "list_happenings", "list_hotlines", "list_incidents", "list_late_protection", "list_named",
    "list_of_household", "list_open_of", "list_out", "list_overdue", "list_overrides", "list_own_incidents",
    "list_protection", "rule_of", "rule_on",
]  # fmt: skip
