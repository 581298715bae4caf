"""The facts of the service plan and its checks (F04, 서비스 제공계획 및 점검표): one version of one case's plan.

사회보장급여법 제15조 ① fixes what a plan says of each service: its kind, how, how much and how long it is given, by whom, and,
where several offices or private bodies take part, how they work together. Goals, checks and the household's view are
what guides add (confidence medium).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.reports.rules.boxed import FormFacts, FormHouseholdFacts
from app.reports.rules.register import ReportCode
from app.reports.rules.values import PersonName, Prose
from app.reports.rules.visit_sheet import SignatureFacts

BASED_ON = "근거: 사회보장급여의 이용·제공 및 수급권자 발굴에 관한 법률 제15조(지원계획의 수립 및 시행)"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalFacts:
    """One goal, and how far it was reached."""

    number: int
    span: str
    need: str
    text: Prose
    target_on: date | None
    reach: str
    note: Prose = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFacts:
    """One service as the law wants it told, with who looks after it."""

    number: int
    goal: str
    """The number of the goal it serves."""
    title: Prose
    method: str
    amount: Prose
    period: str
    provider: Prose
    provider_kind: str
    """공공, 민간 …; empty for a name that is in no directory."""
    checker: str
    rhythm: str
    """«30일마다», «사례 점검 때»."""
    note: Prose = ""
    ended: Prose = ""
    """«2026. 9. 1. 끝냄: 이사»."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFacts:
    checked_on: date
    service: Prose
    given: str
    satisfied: str
    note: Prose
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSheetFacts(FormFacts):
    code: ClassVar[ReportCode] = ReportCode.PLAN_SHEET

    household: FormHouseholdFacts
    version: str = ""
    """«2판»."""
    state: str = ""
    drawn_on: date | None = None
    drawn_by: str = ""
    approved_on: date | None = None
    because: Prose = ""
    """Why there is a new version."""
    case_class: str = ""
    keeper: str = ""
    goals: tuple[GoalFacts, ...] = ()
    services: tuple[ServiceFacts, ...] = ()
    checks: tuple[CheckFacts, ...] = ()
    """By day, of all services."""
    clients_view: Prose = ""
    signer: PersonName = ""
    unsigned_because: Prose = ""
    signature: SignatureFacts | None = None
