"""How cases stand before a conference: the mark by which a later change is seen, their needs, and their first lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from app.cases.models import Approval, Case
from app.cases.rules import ApprovalKind
from app.conferences.rules import is_health, summary_of
from app.needs.models import NeedFound, NeedsAssessment
from app.needs.rules import NeedLevel
from app.plans.models import Plan
from app.plans.rules import PlanState
from app.providers.rules import need_label

FOUND = frozenset({NeedLevel.NEEDED, NeedLevel.URGENT})


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
    needs = found_needs(session, [case.household_id for case in cases])
    return {
        case.id: summary_of(
            reason=case.reason, needs=[_said(each) for each in needs[case.household_id] if not is_health(each.item)],
            case_class=case.case_class, proposed=case.proposed_class,
        )
        for case in cases
    }  # fmt: skip


def health_lines(session: Session, household_ids: Collection[int]) -> dict[int, str]:
    """By household: its health needs, «신체 건강(긴급)»; only for those who may read its health."""
    needs = found_needs(session, household_ids)
    lines = {key: ", ".join(_said(each) for each in needs[key] if is_health(each.item)) for key in household_ids}
    return {key: line for key, line in lines.items() if line}


def found_needs(session: Session, household_ids: Collection[int]) -> dict[int, Sequence[NeedFound]]:
    """By household: what the newest survey that counts found to be at least needed."""
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
    found: dict[int, Sequence[NeedFound]] = defaultdict(list)
    for survey in session.scalars(statement):
        found[survey.household_id] = [each for each in survey.found if each.level in FOUND]
    return found


def _mark_of(plan: Plan | None) -> str:
    return f"{plan.id}.{plan.version}" if plan else ""


def _said(need: NeedFound) -> str:
    urgent = "(긴급)" if need.level is NeedLevel.URGENT else ""
    return f"{need_label(need.item)}{urgent}"
