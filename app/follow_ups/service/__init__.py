"""Change what is due: set terms, record contacts, and refresh the stored answers in the same transaction."""

from app.follow_ups.service.absence_decisions import Decided, DecisionDetails, decide_absence
from app.follow_ups.service.contacts import (
    ContactDetails,
    Promise,
    alert_absences,
    promise_visit,
    record_contact,
    void_contacts_of,
)
from app.follow_ups.service.events import move_clocks, stop_clocks
from app.follow_ups.service.promises import renew_promises, take_promises_back
from app.follow_ups.service.refreshing import (
    hold,
    household_closed,
    mark_stale,
    refresh,
    refresh_batch,
    refresh_households,
)
from app.follow_ups.service.terms import TermDetails, end_care_group, end_term, set_care_group, set_term
from app.follow_ups.service.verifying import all_households, find_untrue
from app.follow_ups.service.versions import add_rule_versions

__all__ = [
    "ContactDetails", "Decided", "DecisionDetails", "Promise", "TermDetails", "add_rule_versions",
    "alert_absences", "all_households", "decide_absence", "end_care_group", "end_term", "find_untrue", "hold", "household_closed",
    "mark_stale", "move_clocks", "promise_visit", "record_contact", "refresh", "refresh_batch", "refresh_households",
    "renew_promises", "set_care_group", "set_term", "stop_clocks", "take_promises_back", "void_contacts_of",
]  # fmt: skip
