"""Go out and come back, tell about it when somebody does not, keep incidents, phone trees and restricted tasks."""

from app.safety.service.alarms import answer_alarm, open_alarms, raise_due_alarms
from app.safety.service.alone import allow_alone, ask_for_alone
from app.safety.service.duty import (
    add_duty_contact,
    change_duty_contact,
    move_duty_contact,
    remove_duty_contact,
    restore_duty_contact,
)
from app.safety.service.incidents import complete_incident, report_incident, review_flags
from app.safety.service.naming import name_staff, tell_late
from app.safety.service.outings import GoingRefused, check_in, end_outing, extend_outing, leave_with_record
from app.safety.service.protection import (
    AT_ONCE,
    ProtectionDetails,
    ReportDetails,
    add_hotlines,
    close_protection,
    keep_report,
    open_protection,
)

__all__ = [
    "AT_ONCE", "GoingRefused", "ProtectionDetails", "ReportDetails", "add_duty_contact", "add_hotlines",
    "allow_alone", "answer_alarm", "ask_for_alone", "change_duty_contact", "check_in", "close_protection",
    "complete_incident", "end_outing", "extend_outing", "keep_report", "leave_with_record", "move_duty_contact",
    "name_staff", "open_alarms", "open_protection", "raise_due_alarms", "remove_duty_contact", "report_incident",
    "restore_duty_contact", "review_flags", "tell_late",
]  # fmt: skip
