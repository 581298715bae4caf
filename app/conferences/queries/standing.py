"""How cases stand before a conference: the mark by which a later change is seen, their needs, and their first lines."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from app.cases.models import Approval, Case
from app.cases.rules import ApprovalKind
from app.conferences.rules import summary_of
from app.needs.models import NeedsAssessment
from app.needs.queries import Need, item_label, needs_of
from app.needs.rules import NeedLevel
from app.plans.models import Plan
from app.plans.rules import PlanState


def marks_of(session: Session, cases: Collection[Case]) -> dict[int, str]:
    """By case: its stage, class, the plan being made or waiting, and the closure that waits; another mark, another state."""
    ids = [case.id for case in cases]
    plans = open_plans(session, ids)
    closures = waiting_requests(session, ids, ApprovalKind.CLOSURE)
    return {
        case.id: ":".join(
            (case.stage.value, case.case_class.value if case.case_class else "", _mark_of(plans.get(case.id)),
             str(closures[case.id].id) if case.id in closures else "")
        )
        for case in cases
    }  # fmt: skip


def open_plans(session: Session, case_ids: Collection[int]) -> dict[int, Plan]:
    """By case: the version of its plan that is being made or waits for approval."""
    open_states = (PlanState.DRAFT, PlanState.ASKED)
    statement = select(Plan).where(Plan.case_id.in_(case_ids), Plan.state.in_(open_states))
    return {plan.case_id: plan for plan in session.scalars(statement)}


def waiting_requests(session: Session, case_ids: Collection[int], kind: ApprovalKind) -> dict[int, Approval]:
    """By case: the request of a kind that waits for the supervisor."""
    statement = select(Approval).where(
        Approval.case_id.in_(case_ids), Approval.kind == kind, Approval.decided_at.is_(None)
    )
    return {row.case_id: row for row in session.scalars(statement)}


def first_lines(session: Session, cases: Collection[Case]) -> dict[int, str]:
    """By case: what an agenda begins with. Nothing of anybody's health is in it."""
    surveys = newest_surveys(session, [case.household_id for case in cases])
    return {
        case.id: summary_of(
            reason=case.reason, needs=_plain_needs(session, surveys.get(case.household_id)), case_class=case.case_class,
            proposed=case.proposed_class,
        )
        for case in cases
    }  # fmt: skip


def health_lines(session: Session, household_ids: Collection[int]) -> dict[int, str]:
    """By household: its health needs, «신체 건강(긴급)»; only for those who may read its health."""
    lines = {
        household_id: ", ".join(_health_needs(session, survey))
        for household_id, survey in newest_surveys(session, household_ids).items()
    }
    return {key: line for key, line in lines.items() if line}


def newest_surveys(session: Session, household_ids: Collection[int]) -> dict[int, NeedsAssessment]:
    """By household: the newest survey that counts."""
    newest = (
        select(NeedsAssessment.household_id, func.max(NeedsAssessment.assessed_on).label("on"))
        .where(NeedsAssessment.household_id.in_(household_ids), NeedsAssessment.voided_at.is_(None))
        .group_by(NeedsAssessment.household_id)
        .subquery()
    )
    statement = (
        select(NeedsAssessment)
        .join(newest, (newest.c.household_id == NeedsAssessment.household_id) & (newest.c.on == NeedsAssessment.assessed_on))
        .where(NeedsAssessment.voided_at.is_(None))
        .options(selectinload(NeedsAssessment.found))
        .order_by(NeedsAssessment.at)
    )  # fmt: skip
    return {survey.household_id: survey for survey in session.scalars(statement)}


def _plain_needs(session: Session, survey: NeedsAssessment | None) -> list[str]:
    """What was found to be at least needed, without health."""
    needs = needs_of(survey, with_health=False) if survey else []
    return [_said(session, need) for need in needs if need.level.is_needed]


def _health_needs(session: Session, survey: NeedsAssessment) -> list[str]:
    plain = {need.code for need in needs_of(survey, with_health=False)}
    return [_said(session, need) for need in needs_of(survey) if need.level.is_needed and need.code not in plain]


def _mark_of(plan: Plan | None) -> str:
    return f"{plan.id}.{plan.version}" if plan else ""


def _said(session: Session, need: Need) -> str:
    urgent = "(긴급)" if need.level is NeedLevel.URGENT else ""
    return f"{item_label(session, need.code)}{urgent}"
