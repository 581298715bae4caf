"""Gather the facts of a paper within the reader's scope. What the reader may not see is never put in."""

from app.reports.facts.aftercare_sheet import gather_aftercare_sheet
from app.reports.facts.case_figures import gather_case_figures
from app.reports.facts.case_report import gather_case_report
from app.reports.facts.caseload import gather_caseload
from app.reports.facts.closure_sheet import gather_closure_sheet
from app.reports.facts.consent_sheet import gather_consent_sheet
from app.reports.facts.counselling_sheet import gather_counselling_sheet
from app.reports.facts.entry_sheet import gather_entry_sheet
from app.reports.facts.incident_report import gather_incident_report
from app.reports.facts.minutes_sheet import gather_minutes_sheet
from app.reports.facts.needs_figures import gather_needs_figures
from app.reports.facts.needs_sheet import gather_needs_sheet
from app.reports.facts.phone_tree import gather_phone_tree
from app.reports.facts.plan_sheet import gather_plan_sheet
from app.reports.facts.protection_report import gather_protection_report
from app.reports.facts.referral_sheet import gather_referral_sheet
from app.reports.facts.round_report import gather_round_report
from app.reports.facts.schedule import gather_schedule
from app.reports.facts.visit_sheet import gather_visit_sheets, subject_of

__all__ = [
    "gather_aftercare_sheet",
    "gather_case_figures",
    "gather_case_report",
    "gather_caseload",
    "gather_closure_sheet",
    "gather_consent_sheet",
    "gather_counselling_sheet",
    "gather_entry_sheet",
    "gather_incident_report",
    "gather_minutes_sheet",
    "gather_needs_figures",
    "gather_needs_sheet",
    "gather_phone_tree",
    "gather_plan_sheet",
    "gather_protection_report",
    "gather_referral_sheet",
    "gather_round_report",
    "gather_schedule",
    "gather_visit_sheets",
    "subject_of",
]  # fmt: skip
