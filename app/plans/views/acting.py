"""What is done with a version as a whole: begun, asked about, taken back, thrown away."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for

from app.access.permissions import Permission
from app.audit.rules import Action
from app.cases.models import Case
from app.core import clock
from app.core.errors import RuleBroken
from app.core.keys import key_typed
from app.extensions import db
from app.plans import queries, service
from app.plans.forms import BeginForm
from app.plans.models import Plan
from app.plans.service import PlanIncomplete
from app.plans.views.blueprint import blueprint, case_from_url, plan_from_url
from app.plans.views.showing import plans_page
from app.web.security import current_identity, requires


@blueprint.post("/cases/<int:case_id>/plans/new")
@requires(Permission.KEEP_PLAN, case_from_url, records=Action.VIEW)
def begin(case: Case) -> Any:
    """A new version: the first, or one that takes the place of what holds, with a reason."""
    form = BeginForm()
    if form.validate_on_submit() and form.carries_out(lambda: _begun(case, form.because.data or "")):
        return redirect(url_for("plans.edit", plan_id=form.outcome.id))
    if form.broken is None or form.broken.field:
        return plans_page(case.household, form)
    flash(form.broken.text, "warn")
    return redirect(url_for("plans.of_household", household_id=case.household_id))


def _begun(case: Case, because: str) -> Plan:
    if queries.current_plan(db.session, case.id) is not None and not because.strip():
        raise RuleBroken("REASON_NEEDED", "왜 계획을 바꾸는지 적어 주세요.", field="because")
    return service.begin_plan(db.session, case, because=because, actor=current_identity(), now=clock.now())


@blueprint.post("/plans/<int:plan_id>/ask")
@requires(Permission.KEEP_PLAN, plan_from_url)
def ask(plan: Plan) -> Any:
    """Ask the supervisor to approve a version; what is missing is shown at its field."""
    try:
        with db.session.begin_nested():
            service.ask_for_approval(db.session, plan, version=_version(), actor=current_identity(), now=clock.now())
    except PlanIncomplete:
        return redirect(url_for("plans.edit", plan_id=plan.id, check=1))
    except RuleBroken as broken:
        flash(broken.text, "warn")
    else:
        flash("팀장에게 결재를 올렸습니다.", "ok")
    return redirect(url_for("plans.show", plan_id=plan.id))


@blueprint.post("/plans/<int:plan_id>/take-back")
@requires(Permission.KEEP_PLAN, plan_from_url)
def take_back(plan: Plan) -> Any:
    """Take the request back."""
    try:
        with db.session.begin_nested():
            service.take_back(db.session, plan, actor=current_identity(), now=clock.now())
    except RuleBroken as broken:
        flash(broken.text, "warn")
    else:
        flash("결재 요청을 거두었습니다. 다시 고칠 수 있습니다.", "ok")
    return redirect(url_for("plans.show", plan_id=plan.id))


@blueprint.post("/plans/<int:plan_id>/drop")
@requires(Permission.KEEP_PLAN, plan_from_url)
def drop(plan: Plan) -> Any:
    """Throw a version away that was never asked about."""
    household_id = plan.household_id
    try:
        with db.session.begin_nested():
            service.drop_draft(db.session, plan, version=_version(), actor=current_identity(), now=clock.now())
    except RuleBroken as broken:
        flash(broken.text, "warn")
        return redirect(url_for("plans.show", plan_id=plan.id))
    flash("쓰던 계획을 지웠습니다.", "ok")
    return redirect(url_for("plans.of_household", household_id=household_id))


def _version() -> int:
    return key_typed(request.form.get("version"))
