"""The facts of closing a case (F07, 종결심사서) and of what follows (F08, 사후관리 점검표).

No law fixes the fields of either; they are those that guides commonly name (confidence medium): the reason, how far goals
were reached, how needs changed, the plan of aftercare and who approves; then each contact, whether what was reached
lasts, and whether somebody must step in again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.reports.rules.boxed import ChoiceFacts, FormFacts, FormHouseholdFacts
from app.reports.rules.plan_sheet import GoalFacts, ServiceFacts
from app.reports.rules.register import ReportCode
from app.reports.rules.values import PersonName, Prose

AGAIN = "필요함"
NOT_AGAIN = "필요 없음"
"""재개입: whether somebody must step in again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """The case that is closed."""

    intake_on: date | None = None
    route: str = ""
    case_class: str = ""
    keeper: str = ""
    reason: Prose = ""
    """Why it was taken in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedChangeFacts:
    """One domain of needs, first and latest."""

    domain: str
    first: str
    latest: str
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalFacts:
    """결재: who asked, who decided, in what words."""

    asked: str
    """«최은서, 2026. 9. 1. 10:20»."""
    decided: str
    verdict: str
    words: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosureSheetFacts(FormFacts):
    code: ClassVar[ReportCode] = ReportCode.CLOSURE_SHEET

    household: FormHouseholdFacts
    case: CaseFacts = CaseFacts()
    state: str = ""
    """Whether it is closed, waits for approval or was sent back."""
    closed_on: date | None = None
    reasons: ChoiceFacts
    goals: tuple[GoalFacts, ...] = ()
    goals_reached: Prose = ""
    services: tuple[ServiceFacts, ...] = ()
    needs: tuple[NeedChangeFacts, ...] = ()
    assessed: str = ""
    """«2026. 1. 3. → 2026. 9. 1.»: from which assessment to which."""
    needs_withheld: str = ""
    note: Prose = ""
    attempts: Prose = ""
    recheck_on: date | None = None
    aftercare: str = ""
    """«9개월 안에 2회, 2027. 6. 1.까지»."""
    approvals: tuple[ApprovalFacts, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AftercareContactFacts:
    """One contact after the closure. `counts` tells whether it counts towards the agreed number."""

    number: str
    """«1», or empty where it does not count."""
    on: date
    mode: str
    by: str
    reached: tuple[PersonName, ...]
    note: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class AftercareSheetFacts(FormFacts):
    code: ClassVar[ReportCode] = ReportCode.AFTERCARE_SHEET

    household: FormHouseholdFacts
    case: CaseFacts = CaseFacts()
    closed_on: date | None = None
    closure_reason: str = ""
    goals_reached: Prose = ""
    agreed: str = ""
    """«9개월 안에 2회»."""
    until: date | None = None
    done: str = ""
    """«2회 가운데 1회»."""
    contacts: tuple[AftercareContactFacts, ...] = ()
    again: ChoiceFacts
    outcome: Prose = ""
    """How it ended, or when and why somebody stepped in again."""
    ended_on: date | None = None
