"""Begin a version of a plan, keep what is typed into it, throw it away."""

from __future__ import annotations

from datetime import datetime
from itertools import count

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.cases.models import Case
from app.cases.rules import CARE, CaseStage
from app.core.clock import korean_date
from app.core.errors import RuleBroken
from app.plans import queries
from app.plans.models import Plan, PlanGoal, PlanService
from app.plans.rules import Gap, GoalDraft, PlanDraft, PlanState, ServiceDraft
from app.plans.service.writing import hold, written

PLANNED_IN = (CaseStage.CLASSIFIED, CaseStage.PLAN, CaseStage.SERVICE)


class PlanIncomplete(RuleBroken):
    """What a plan lacks before it may be signed or approved; `problems` name their rows."""

    def __init__(self, problems: list[Gap]) -> None:
        super().__init__("PLAN_INCOMPLETE", "빠진 것을 채운 뒤 다시 해 주세요.")
        self.problems = problems


def begin_plan(session: Session, case: Case, *, because: str = "", actor: Identity, now: datetime) -> Plan:
    """A new version to write: an empty one, or what holds now where a plan is made anew. An open one is given back.

    Raises RuleBroken: the case has no class with a plan, or is not between classification and closure.
    """
    session.flush()
    session.refresh(case, with_for_update={"of": Case})
    known = queries.open_plan(session, case.id)
    if known is not None:
        return known
    if case.case_class not in CARE or case.stage not in PLANNED_IN:
        raise RuleBroken("NO_PLAN_HERE", "사례관리로 선정한 뒤, 종결하기 전에 계획을 세웁니다.")
    before = queries.current_plan(session, case.id)
    number = (session.scalar(select(func.max(Plan.number)).where(Plan.case_id == case.id)) or 0) + 1
    plan = Plan(
        case=case, number=number, state=PlanState.DRAFT, drawn_on=korean_date(now), because=because.strip(),
        by_id=actor.account_id, at=now, version=0,
    )  # fmt: skip
    session.add(plan)
    if before is not None:
        _fill(plan, draft_of(before))
        plan.because = because.strip()
    written(session, plan, f"{number}판 시작", actor=actor, now=now)
    return plan


def keep_draft(session: Session, plan: Plan, draft: PlanDraft, *, version: int, actor: Identity, now: datetime) -> Plan:
    """Keep what is typed, complete or not; a signature that was given to other words counts no more.

    Raises:
        StaleRecord: somebody else kept another text since `version`.
        RuleBroken: the version is not being written any more.
    """
    hold(session, plan, version=version)
    refuse_unless(plan, PlanState.DRAFT)
    before = draft_of(plan)
    _fill(plan, draft.tidied)
    if draft_of(plan) != before:
        plan.signature_id, plan.signer_name, plan.unsigned_because = None, "", ""
    written(session, plan, "저장", actor=actor, now=now)
    return plan


def drop_draft(session: Session, plan: Plan, *, version: int, actor: Identity, now: datetime) -> None:
    """Throw a version away that was never asked about, so that the one before goes on.

    Raises:
        StaleRecord: somebody changed it since.
        RuleBroken: it is not being written, or has been signed.
    """
    hold(session, plan, version=version)
    refuse_unless(plan, PlanState.DRAFT)
    if plan.signature_id is not None:
        raise RuleBroken("SIGNED", "서명을 받은 계획은 지우지 않습니다.")
    written(session, plan, f"{plan.number}판 지움", actor=actor, now=now)
    session.delete(plan)
    session.flush()


def refuse_unless(plan: Plan, state: PlanState) -> None:
    """Refuse what may be done in one state only."""
    if plan.state is not state:
        raise RuleBroken("WRONG_STATE", f"«{plan.state.label}» 상태에서는 할 수 없습니다.")


def draft_of(plan: Plan) -> PlanDraft:
    """A stored version as the page and the rules read it."""
    goals = tuple(
        GoalDraft(goal.text, goal.span, goal.need, goal.target_on, goal.reach, goal.reach_note) for goal in plan.goals
    )
    services = tuple(
        ServiceDraft(
            each.title, each.method, each.amount, each.starts_on, each.ends_on, each.provider_id, each.provider_name,
            each.checker_id, each.check_days, each.goal_position, each.note,
        )
        for each in plan.services
        if each.ended_on is None
    )  # fmt: skip
    return PlanDraft(goals, services, plan.clients_view, plan.because)


def _fill(plan: Plan, draft: PlanDraft) -> None:
    """Write the rows anew: nothing hangs on rows of a version that is still being written."""
    places = count(1)
    plan.clients_view, plan.because = draft.clients_view, draft.because
    plan.goals = [
        PlanGoal(
            position=next(places), span=goal.span, need=goal.need, text=goal.text, target_on=goal.target_on,
            reach=goal.reach, reach_note=goal.reach_note,
        )
        for goal in draft.goals
    ]  # fmt: skip
    plan.services = [_service(plan, each, at) for at, each in enumerate(draft.services, 1)]


def _service(plan: Plan, each: ServiceDraft, at: int) -> PlanService:
    return PlanService(
        position=at, goal_position=each.goal, title=each.title, method=each.method, amount=each.amount,
        starts_on=each.starts_on or plan.drawn_on, ends_on=each.ends_on, provider_id=each.provider_id,
        provider_name=each.provider_name, checker_id=each.checker_id, check_days=each.check_days, note=each.note,
        ended_because="",
    )  # fmt: skip
