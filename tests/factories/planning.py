"""Cases that are ready for a plan, plans in their states, and providers."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app.access.identity import Identity
from app.attachments.rules import NotSigned, SignatureDetails, SignerRole
from app.attachments.service import FileStore
from app.cases import queries as case_queries
from app.cases import service as cases
from app.cases.models import Case
from app.cases.rules import ApprovalKind, CaseClass, CaseStage, CounsellingWay, Needed, Verdict
from app.cases.service import CaseDetails, ClassDetails, CounsellingDetails
from app.core.database import new_id
from app.households.models import Household
from app.plans import service as plans
from app.plans.models import Plan
from app.plans.rules import GoalDraft, GoalSpan, PlanDraft, ServiceDraft, ServiceMethod
from app.providers.models import Provider
from app.providers.rules import ProviderDetails, ProviderKind
from app.providers.service import add_provider
from sqlalchemy.orm import Session
from tests.moments import NOW, TODAY


def provider(session: Session, actor: Identity, name: str = "가람복지관", **more: Any) -> Provider:
    """One entry of the directory."""
    details = {"kind": ProviderKind.PRIVATE, "services": ("밑반찬", "이동 지원"), "needs": ("DAILY_LIVING",)} | more
    return add_provider(session, ProviderDetails(name=name, **details), actor=actor, now=NOW)


def selected_case(session: Session, household: Household, actor: Identity, *, on: date = TODAY) -> Case:
    """A case that was selected for 사례관리 and owes a plan."""
    case = cases.open_case(session, household, CaseDetails(on, "OWN_VISIT", "끼니를 거르심"), actor=actor, now=NOW)
    talk = CounsellingDetails(on, CounsellingWay.OFFICE, complaint="밥을 못 먹는다")
    cases.record_counselling(session, household, new_id(), talk, actor=actor, now=NOW)
    for stage, shown in ((CaseStage.ASSESSMENT, Needed.ASSESSMENT), (CaseStage.CONFERENCE, Needed.CONFERENCE)):
        cases.move(session, case, stage, on=on, shown={shown}, actor=actor, now=NOW)
    return cases.classify(
        session, case, ClassDetails(CaseClass.GENERAL, on, "혼자 끼니를 못 챙기심"), actor=actor, now=NOW
    )


def whole_draft(checker: Identity, **more: Any) -> PlanDraft:
    """A plan in which nothing is missing."""
    goal = GoalDraft("하루 두 끼를 드신다", GoalSpan.SHORT, "DAILY_LIVING")
    service = ServiceDraft(
        "밑반찬", ServiceMethod.GOODS, "주 2회", TODAY, provider_name="가람복지관", checker_id=checker.account_id,
        check_days=14, goal=1,
    )  # fmt: skip
    return PlanDraft(**{"goals": (goal,), "services": (service,), "clients_view": "반찬이 오면 좋겠다"} | more)


def unsigned(signer: str = "천둥솔") -> SignatureDetails:
    """Nobody signed, with the reason and a witness."""
    return SignatureDetails(new_id(), signer, SignerRole.SELF, not_signed=NotSigned.HAND, witness="통장 민하준")


def signed_plan(session: Session, case: Case, actor: Identity, draft: PlanDraft | None = None) -> Plan:
    """A version that is complete and signed for."""
    plan = plans.begin_plan(session, case, because="형편이 바뀜", actor=actor, now=NOW)
    plans.keep_draft(session, plan, draft or whole_draft(actor), version=plan.version, actor=actor, now=NOW)
    with TemporaryDirectory() as folder:
        plans.sign_plan(
            session, plan, unsigned(), shown_hash=plans.plan_text(plan).sha256, store=FileStore(Path(folder)), actor=actor,
            now=NOW,
        )  # fmt: skip
    return plan


def approved_plan(
    session: Session,
    case: Case,
    actor: Identity,
    lead: Identity,
    draft: PlanDraft | None = None,
    *,
    now: datetime = NOW,
) -> Plan:
    """A version that holds."""
    plan = signed_plan(session, case, actor, draft)
    plans.ask_for_approval(session, plan, version=plan.version, actor=actor, now=now)
    row = case_queries.waiting_of(session, case.id, ApprovalKind.PLAN)
    assert row is not None
    cases.decide_approval(session, row, Verdict.APPROVED, actor=lead, now=now)
    return plan
