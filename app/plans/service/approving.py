"""Have a plan approved: asked through the case's 결재, carried out when the supervisor has decided."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.cases import queries as case_queries
from app.cases import service as cases
from app.cases.models import Approval
from app.cases.rules import ApprovalKind, CaseStage, Needed, Verdict
from app.core.clock import korean_date
from app.core.errors import RuleBroken
from app.plans import queries
from app.plans.models import Plan
from app.plans.rules import PlanState, gaps_of
from app.plans.service.clocks import follow_checks
from app.plans.service.drafting import PlanIncomplete, draft_of, refuse_unless
from app.plans.service.signing import need_words, service_words
from app.plans.service.writing import hold, written


def ask_for_approval(session: Session, plan: Plan, *, version: int, actor: Identity, now: datetime) -> Approval:
    """Ask the supervisor to approve a version; a case that was just classified stands at 계획 from now on.

    Raises:
        PlanIncomplete: something the law or the house asks for is missing.
        StaleRecord: somebody changed the plan since.
        RuleBroken: not signed, not being written, or the case may not go on.
    """
    hold(session, plan, version=version)
    refuse_unless(plan, PlanState.DRAFT)
    gaps = gaps_of(draft_of(plan), number=plan.number)
    if gaps:
        raise PlanIncomplete(gaps)
    if plan.signature_id is None:
        raise RuleBroken("NOT_SIGNED", "본인의 서명을 받거나, 서명하지 못한 까닭을 먼저 적어 주세요.")
    plan.state = PlanState.ASKED
    case, today = plan.case, korean_date(now)
    if case.stage is CaseStage.CLASSIFIED:
        cases.move(session, case, CaseStage.PLAN, on=today, shown={Needed.PLAN}, actor=actor, now=now)
    asked: dict[str, Any] = {"lines": _lines(plan)}
    row = cases.ask_approval(
        session, case, ApprovalKind.PLAN, asked=asked, subject_id=plan.id, actor=actor, now=now
    )  # fmt: skip
    written(session, plan, "결재 올림", actor=actor, now=now)
    return row


def take_back(session: Session, plan: Plan, *, actor: Identity, now: datetime) -> None:
    """Take the request back before it is decided; the version can be written again.

    Raises:
        StaleRecord: it was decided meanwhile.
        RuleBroken: nothing waits.
    """
    row = case_queries.waiting_of(session, plan.case_id, ApprovalKind.PLAN)
    if row is None or row.subject_id != plan.id:
        raise RuleBroken("NOT_ASKED", "결재를 기다리는 계획이 아닙니다.")
    cases.withdraw_approval(session, row, actor=actor, now=now)


def _plan_decided(session: Session, row: Approval, actor: Identity, now: datetime) -> None:
    """What was approved takes the place of what held, and its checks begin; all else can be written again."""
    plan = session.get_one(Plan, row.subject_id)
    hold(session, plan)
    if plan.state is not PlanState.ASKED:
        raise RuleBroken("WRONG_STATE", f"«{plan.state.label}» 상태의 계획은 결재할 수 없습니다.")
    if row.verdict is not Verdict.APPROVED:
        plan.state = PlanState.DRAFT
        written(session, plan, "돌아옴", actor=actor, now=now)
        return
    before = queries.current_plan(session, plan.case_id)
    if before is not None:
        before.state = PlanState.REPLACED
    plan.state, plan.approved_on = PlanState.APPROVED, korean_date(now)
    written(session, plan, "승인", actor=actor, now=now)
    if plan.case.stage is CaseStage.PLAN:
        cases.move(
            session,
            plan.case,
            CaseStage.SERVICE,
            on=korean_date(now),
            shown={Needed.PLAN_APPROVED},
            actor=actor,
            now=now,
        )
    follow_checks(session, plan.case.household, actor=actor, now=now)


def _lines(plan: Plan) -> list[list[str]]:
    rows = [["판", f"{plan.number}판"], ["바꾸는 까닭", plan.because]]
    rows += [[f"{goal.span.label} 목표", f"{goal.text} ({need_words(goal)})"] for goal in plan.goals]
    rows += [["서비스", service_words(each)] for each in plan.services]
    rows += [["본인·가족의 의견", plan.clients_view], ["서명", plan.unsigned_because or plan.signer_name]]
    return [row for row in rows if row[1].strip()]


cases.when_decided(ApprovalKind.PLAN, _plan_decided)
