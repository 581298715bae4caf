"""Read plans. Every look-up by a URL is scoped to who asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.access.identity import Identity
from app.cases.models import Case
from app.core.errors import NotFound
from app.core.keys import LARGEST_KEY
from app.households.models import Household
from app.households.queries import visible_to
from app.plans.models import Plan, PlanGoal, PlanService, ServiceCheck
from app.plans.rules import PlanState

OPEN = (PlanState.DRAFT, PlanState.ASKED)
MOST_LISTED = 500


def get_plan(session: Session, who: Identity, plan_id: int) -> Plan:
    """One version of a visible household, whole, or NotFound."""
    if plan_id > LARGEST_KEY:
        raise NotFound
    plan = session.scalars(_visible(who).where(Plan.id == plan_id).options(*_whole())).first()
    if plan is None:
        raise NotFound
    return plan


def get_service(session: Session, who: Identity, plan_id: int, service_id: int) -> PlanService:
    """One service of a visible plan, or NotFound."""
    plan = get_plan(session, who, plan_id)
    row = next((each for each in plan.services if each.id == service_id), None)
    if row is None:
        raise NotFound
    return row


def get_goal(session: Session, who: Identity, plan_id: int, goal_id: int) -> PlanGoal:
    """One goal of a visible plan, or NotFound."""
    plan = get_plan(session, who, plan_id)
    row = next((each for each in plan.goals if each.id == goal_id), None)
    if row is None:
        raise NotFound
    return row


def plans_of_case(session: Session, case_id: int) -> Sequence[Plan]:
    """Every version for a case, the newest first. The page has asked whether the case may be seen."""
    return session.scalars(
        select(Plan).where(Plan.case_id == case_id).options(*_whole()).order_by(Plan.number.desc())
    ).all()


def plans_of_household(session: Session, household_id: int) -> Sequence[Plan]:
    """Every version for any case of a household, the newest first."""
    statement = (
        select(Plan)
        .join(Case, Case.id == Plan.case_id)
        .where(Case.household_id == household_id)
        .options(*_whole())
        .order_by(Plan.case_id.desc(), Plan.number.desc())
    )
    return session.scalars(statement).all()


def current_plan(session: Session, case_id: int) -> Plan | None:
    """The version that holds for a case: approved and not replaced; None when there is none."""
    return _newest(session, case_id, (PlanState.APPROVED,))


def open_plan(session: Session, case_id: int) -> Plan | None:
    """The version of a case that is being made or waits for approval; None when there is none."""
    return _newest(session, case_id, OPEN)


def plan_before(session: Session, plan: Plan) -> Plan | None:
    """The version before a version of the same case."""
    statement = select(Plan).where(Plan.case_id == plan.case_id, Plan.number < plan.number).options(*_whole())
    return session.scalars(statement.order_by(Plan.number.desc()).limit(1)).first()


def list_unfinished(session: Session, who: Identity) -> Sequence[Plan]:
    """Versions of the scope that are being made or wait for approval, the oldest first."""
    statement = _visible(who).where(Plan.state.in_(OPEN)).options(joinedload(Plan.case).joinedload(Case.household))
    return session.scalars(statement.order_by(Plan.drawn_on, Plan.id).limit(MOST_LISTED)).all()


def _newest(session: Session, case_id: int, states: Sequence[PlanState]) -> Plan | None:
    statement = select(Plan).where(Plan.case_id == case_id, Plan.state.in_(states)).options(*_whole())
    return session.scalars(statement.order_by(Plan.number.desc()).limit(1)).first()


def _visible(who: Identity) -> Select[Plan]:
    return (
        select(Plan)
        .join(Case, Case.id == Plan.case_id)
        .join(Household, Household.id == Case.household_id)
        .where(visible_to(who))
    )


def _whole() -> tuple[Any, ...]:
    services = selectinload(Plan.services)
    return (
        joinedload(Plan.case).joinedload(Case.household).joinedload(Household.centre), joinedload(Plan.by),
        selectinload(Plan.goals), services.joinedload(PlanService.provider), services.joinedload(PlanService.checker),
        services.selectinload(PlanService.checks).joinedload(ServiceCheck.by),
    )  # fmt: skip
