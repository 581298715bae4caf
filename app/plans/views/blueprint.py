"""The blueprint of plans and referrals, and what its URLs load."""

from __future__ import annotations

from flask import Blueprint
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.cases.models import Case
from app.cases.queries import get_case
from app.households.models import Household
from app.households.queries import get_household
from app.plans import queries
from app.plans.models import Plan, PlanGoal, PlanService, Referral

blueprint = Blueprint("plans", __name__)


def household_from_url(session: Session, identity: Identity, *, household_id: int) -> Household:
    """The household of the URL, or 404."""
    return get_household(session, identity, household_id)


def case_from_url(session: Session, identity: Identity, *, case_id: int) -> Case:
    """The case of the URL, or 404."""
    return get_case(session, identity, case_id)


def plan_from_url(session: Session, identity: Identity, *, plan_id: int) -> Plan:
    """The version of the URL, or 404."""
    return queries.get_plan(session, identity, plan_id)


def service_from_url(session: Session, identity: Identity, *, plan_id: int, service_id: int) -> PlanService:
    """The service of the URL, or 404."""
    return queries.get_service(session, identity, plan_id, service_id)


def goal_from_url(session: Session, identity: Identity, *, plan_id: int, goal_id: int) -> PlanGoal:
    """The goal of the URL, or 404."""
    return queries.get_goal(session, identity, plan_id, goal_id)


def referral_from_url(session: Session, identity: Identity, *, referral_id: int) -> Referral:
    """The referral of the URL, or 404."""
    return queries.get_referral(session, identity, referral_id)
