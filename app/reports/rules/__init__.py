"""The facts of every paper, how they are masked and kept, and the words of the print register. Pure."""

from app.reports.rules import wording
from app.reports.rules.case_report import (
    NURSING_WITHHELD,
    SAFETY_WITHHELD,
    AssigneeFacts,
    CareGroupFacts,
    CaseReportFacts,
    ContactFacts,
    DueFacts,
    HouseholdFacts,
    MemberFacts,
    ReadingFacts,
    RiskFacts,
    SafetyFlagFacts,
    SectionFacts,
    VisitFacts,
    VitalsFacts,
)
from app.reports.rules.caseload import UNSEEN_AFTER_DAYS, CaseloadDue, CaseloadFacts, CaseloadRow, Totals
from app.reports.rules.letterhead import DEFAULT_APPROVALS, Letterhead
from app.reports.rules.masked import HIDDEN, PROSE_LEFT_OUT, masked, masked_value
from app.reports.rules.register import (
    DEFAULT_MASKING,
    Masking,
    PrintVerdict,
    Purpose,
    ReportCode,
    document_number,
    judge_print,
)
from app.reports.rules.schedule import ScheduleFacts, ScheduleRow
from app.reports.rules.stored import (
    Facts,
    UnreadableFactsError,
    fingerprint,
    from_json,
    short_fingerprint,
    to_json,
)
from app.reports.rules.values import Holds

__all__ = [
    "DEFAULT_APPROVALS",
    "DEFAULT_MASKING",
    "HIDDEN",
    "NURSING_WITHHELD",
    "PROSE_LEFT_OUT",
    "SAFETY_WITHHELD",
    "UNSEEN_AFTER_DAYS",
    "AssigneeFacts",
    "CareGroupFacts",
    "CaseReportFacts",
    "CaseloadDue",
    "CaseloadFacts",
    "CaseloadRow",
    "ContactFacts",
    "DueFacts",
    "Facts",
    "Holds",
    "HouseholdFacts",
    "Letterhead",
    "Masking",
    "MemberFacts",
    "PrintVerdict",
    "Purpose",
    "ReadingFacts",
    "ReportCode",
    "RiskFacts",
    "SafetyFlagFacts",
    "ScheduleFacts",
    "ScheduleRow",
    "SectionFacts",
    "Totals",
    "UnreadableFactsError",
    "VisitFacts",
    "VitalsFacts",
    "document_number",
    "fingerprint",
    "from_json",
    "judge_print",
    "masked",
    "masked_value",
    "short_fingerprint",
    "to_json",
    "wording",
]
