"""Go out and come back, tell about it when somebody does not, keep incidents, phone trees and restricted tasks."""

from app.safety.service.duty import (
    add_duty_contact,
    change_duty_contact,
    move_duty_contact,
    remove_duty_contact,
    restore_duty_contact,
)
from app.safety.service.incidents import complete_incident, report_incident, review_flags
from app.safety.service.naming import name_staff, tell_late
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
    "AT_ONCE", "ProtectionDetails", "ReportDetails", "add_duty_contact", "add_hotlines", "change_duty_contact",
    "close_protection", "complete_incident", "keep_report", "move_duty_contact", "name_staff", "open_protection",
    "remove_duty_contact", "report_incident", "restore_duty_contact", "review_flags", "tell_late",
]  # fmt: skip
