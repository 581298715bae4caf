"""Change what is due: set terms, record contacts, and refresh the stored answers in the same transaction."""

from app.follow_ups.service.contacts import (
    ContactDetails,
    Promise,
    alert_absences,
    record_contact,
    void_contacts_of,
)
from app.follow_ups.service.refreshing import hold, household_closed, refresh, refresh_stale
from app.follow_ups.service.terms import TermDetails, end_term, set_care_group, set_term
from app.follow_ups.service.versions import add_rule_versions

__all__ = [
    "ContactDetails", "Promise", "TermDetails", "add_rule_versions", "alert_absences", "end_term", "hold",
    "household_closed", "record_contact", "refresh", "refresh_stale", "set_care_group", "set_term", "void_contacts_of",
]  # fmt: skip
