"""The facts of the case report (R13): one household, everything the reader may see, nothing else.

An empty text means «there is none» and is printed in words. What the reader may not see is not in
here at all: its `…_withheld` sentence says so instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from app.reports.rules.case_care import MedicineFacts, ProblemFacts
from app.reports.rules.letterhead import Letterhead
from app.reports.rules.register import ReportCode
from app.reports.rules.values import Address, Age, BirthDate, PersonName, Phone, Prose, Sentence
from app.visits.rules.trends import Trend

NURSING_WITHHELD = "간호기록은 열람 권한이 없어 뺐습니다"


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdFacts:
    """The head of the report: which household, where, and how it stands."""

    number: str
    name: PersonName
    address: Address
    phone: Phone
    household_type: str
    benefits: tuple[str, ...]
    status: str
    risk_level: str
    risk_since_on: date | None
    risk_reason: Prose
    approach: Prose = ""
    """How to reach the door or the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssigneeFacts:
    role: str
    name: str
    since_on: date
    until_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberFacts:
    name: PersonName
    relation: str
    born: BirthDate
    age: Age
    sex: str
    phone: Phone
    note: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyFlagFacts:
    kind: str
    rule: str
    """What it asks for: 단독 가능, 2인 필수, 경찰 동행, 방문 금지."""
    basis: Prose
    noted_by: str
    noted_on: date
    review_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DueFacts:
    what: str
    whom: PersonName
    due_on: date | None
    status: str
    days_overdue: int
    """0 unless the due date has passed."""
    because: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class CareGroupFacts:
    member: PersonName
    group: str
    from_on: date
    until_on: date | None
    reason: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFacts:
    happened_at: datetime
    mode: str
    purpose: str
    visited_by: tuple[str, ...]
    members_seen: tuple[PersonName, ...]
    welfare_note: Prose
    nursing_note: Prose
    vitals: Prose
    """One line: «김순자 혈압 132/84, 맥박 76»."""
    promised: Prose
    corrections: int
    """How many times the text was corrected after it was submitted."""
    done: Prose = ""
    """«교육·상담: 저염식, 복약법», ratings and medicine checks; a line each."""
    nursing_withheld: str = ""
    late: str = ""
    """«사후 입력 2일 뒤», "" when typed the same day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingFacts:
    """One taking of vitals. None where it was not taken; `remark` then says why."""

    measured_at: datetime
    systolic: int | None = None
    diastolic: int | None = None
    """Both mmHg."""
    pulse: int | None = None
    """Per minute, as is `respiration`."""
    respiration: int | None = None
    temperature: float | None = None
    """℃."""
    spo2: int | None = None
    """%."""
    glucose: int | None = None
    """mg/dL, with when it was taken in `glucose_context`: 공복, 식후 2시간, 무작위 …"""
    glucose_context: str = ""
    weight: float | None = None
    """kg."""
    remark: Prose = ""
    """The judgement, other measures, refusals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VitalsFacts:
    member: PersonName
    readings: tuple[ReadingFacts, ...]
    """Oldest first."""
    trends: tuple[Trend, ...] = ()
    """What was measured at least twice, to be drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFacts:
    occurred_on: date
    mode: str
    purpose: str
    contacted_by: str
    reached: tuple[PersonName, ...]
    note: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskFacts:
    level: str
    since_on: date
    set_by: str
    reason: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionFacts:
    """A further table: discoveries, cases, needs, referrals, as those slices come to have something to say.

    Its cells are prose to the mask: at 통계용 they are left out.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Prose, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReportFacts:
    code: ClassVar[ReportCode] = ReportCode.CASE_REPORT

    letterhead: Letterhead
    household: HouseholdFacts
    assignees: tuple[AssigneeFacts, ...] = ()
    members: tuple[MemberFacts, ...] = ()
    safety_flags: tuple[SafetyFlagFacts, ...] = ()
    safety_withheld: str = ""
    dues: tuple[DueFacts, ...] = ()
    care_groups: tuple[CareGroupFacts, ...] = ()
    risk_history: tuple[RiskFacts, ...] = ()
    sections: tuple[SectionFacts, ...] = ()
    visits: tuple[VisitFacts, ...] = ()
    """Newest first, as the reader looks for the last one."""
    vitals: tuple[VitalsFacts, ...] = ()
    vitals_withheld: str = ""
    contacts: tuple[ContactFacts, ...] = ()
    problems: tuple[ProblemFacts, ...] = ()
    """Open ones first."""
    medicines: tuple[MedicineFacts, ...] = ()
    care_withheld: str = ""
