"""A household's plans and referrals; one version, side by side with the one before."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, render_template

from app.access.permissions import Permission
from app.access.policy import can
from app.attachments.queries import list_of_visits
from app.audit.rules import Action
from app.cases import queries as case_queries
from app.cases.rules import CARE, ApprovalKind
from app.core import clock
from app.extensions import db
from app.households.models import Household
from app.plans import queries, service
from app.plans.forms import BeginForm
from app.plans.models import Plan
from app.plans.rules import Difference, GoalReach, PlanState, beside, gaps_of
from app.plans.service.drafting import PLANNED_IN
from app.plans.service.signing import paper_of, service_words
from app.plans.views.blueprint import blueprint, household_from_url, plan_from_url
from app.web.security import current_identity, requires


@blueprint.get("/households/<int:household_id>/plans")
@requires(Permission.VIEW_HOUSEHOLD, household_from_url, records=Action.VIEW)
def of_household(household: Household) -> Any:
    """Every version for any case, every referral, and the way to a new one."""
    return plans_page(household, BeginForm(formdata=None))


def plans_page(household: Household, form: BeginForm) -> Response:
    """That page, with what is wrong with the way to a new version."""
    case, today = case_queries.live_case(db.session, household.id), clock.today()
    plannable = case if case is not None and case.case_class in CARE and case.stage in PLANNED_IN else None
    plans = queries.plans_of_household(db.session, household.id)
    current = queries.current_plan(db.session, case.id) if case else None
    form.because.flags.required = current is not None
    page = render_template(
        "plans/of_household.html", household=household, plans=plans, today=today, case=plannable, live=case, form=form,
        open_plan=queries.open_plan(db.session, plannable.id) if plannable else None,
        current=current,
        referrals=queries.referrals_of(db.session, household.id), PlanState=PlanState,
        keeps=can(current_identity(), Permission.KEEP_PLAN, household),
    )  # fmt: skip
    return make_response(page, form.status)


@blueprint.get("/plans/<int:plan_id>")
@requires(Permission.SEE_CASES, plan_from_url, records=Action.VIEW)
def show(plan: Plan) -> Any:
    """One version: goals, services with their checks, signature, what is missing, what comes next."""
    identity, today = current_identity(), clock.today()
    before = queries.plan_before(db.session, plan)
    signatures = list_of_visits(db.session, identity, [paper_of(plan)]).get(paper_of(plan), [])
    return render_template(
        "plans/show.html", plan=plan, household=plan.household, today=today, before=before,
        lines=queries.service_lines(plan, today=today), differences=differences(before, plan) if before else [],
        gaps=gaps_of(service.draft_of(plan), number=plan.number) if plan.state is PlanState.DRAFT else [],
        signature=next((each for each in signatures if each.id == plan.signature_id), None),
        approval=case_queries.waiting_of(db.session, plan.case_id, ApprovalKind.PLAN),
        keeps=can(identity, Permission.KEEP_PLAN, plan), reaches=list(GoalReach), PlanState=PlanState,
    )  # fmt: skip


def differences(before: Plan, plan: Plan) -> list[Difference]:
    """Goals and services of two versions side by side: those of the same words or name stand beside each other."""
    return beside(_rows(before), _rows(plan))


def _rows(plan: Plan) -> dict[str, str]:
    goals = {f"goal:{' '.join(each.text.split())}": f"{each.span.label} 목표: {each.text}" for each in plan.goals}
    return goals | {f"service:{each.title.strip()}:{each.giver}": service_words(each) for each in plan.services}
