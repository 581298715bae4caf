"""점검: one service at a time, by a form or by one tap; its end; how far a goal was reached."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for

from app.access.permissions import Permission
from app.audit.rules import Action
from app.core import clock
from app.core.database import new_id
from app.core.errors import RuleBroken
from app.extensions import db
from app.plans import service
from app.plans.forms import CheckForm, EndServiceForm, ReachForm
from app.plans.models import PlanGoal, PlanService
from app.plans.rules import GoalReach
from app.plans.views.blueprint import blueprint, goal_from_url, service_from_url
from app.web.security import current_identity, requires


@blueprint.route("/plans/<int:plan_id>/services/<int:service_id>/check", methods=["GET", "POST"])
@requires(Permission.KEEP_PLAN, service_from_url, records=Action.VIEW)
def check(row: PlanService) -> Any:
    """Write a check down; with `visit` in the address it belongs to that visit."""
    now = clock.now()
    begun = {"check_id": str(new_id()), "visit_id": request.args.get("visit", ""), "checked_on": clock.korean_date(now)}
    form = CheckForm(data=begun)
    if form.validate_on_submit() and form.carries_out(
        lambda: service.record_check(db.session, row, form.to_details(new_id()), actor=current_identity(), now=now)
    ):
        flash("점검을 저장했습니다. 다음 점검일을 새로 정했습니다.", "ok")
        return redirect(url_for("plans.show", plan_id=row.plan_id))
    page = render_template("plans/check.html", row=row, plan=row.plan, household=row.plan.household, form=form)
    return make_response(page, form.status)


@blueprint.route("/plans/<int:plan_id>/services/<int:service_id>/end", methods=["GET", "POST"])
@requires(Permission.KEEP_PLAN, service_from_url, records=Action.VIEW)
def end_service(row: PlanService) -> Any:
    """A service is given no more, and why."""
    now = clock.now()
    form = EndServiceForm(data={"on": clock.korean_date(now)})
    if form.validate_on_submit() and form.carries_out(
        lambda: service.end_service(
            db.session, row, on=form.on.data, because=form.because.data, actor=current_identity(), now=now
        )
    ):
        flash("서비스를 끝냈습니다.", "ok")
        return redirect(url_for("plans.show", plan_id=row.plan_id))
    page = render_template("plans/end_service.html", row=row, plan=row.plan, household=row.plan.household, form=form)
    return make_response(page, form.status)


@blueprint.post("/plans/<int:plan_id>/goals/<int:goal_id>/reach")
@requires(Permission.KEEP_PLAN, goal_from_url)
def judge_goal(goal: PlanGoal) -> Any:
    """How far a goal was reached."""
    form = ReachForm()
    if form.validate_on_submit():
        try:
            with db.session.begin_nested():
                service.judge_goal(
                    db.session, goal, GoalReach(form.reach.data), note=form.note.data or "", actor=current_identity(),
                    now=clock.now(),
                )  # fmt: skip
            flash("목표가 어떻게 되었는지 저장했습니다.", "ok")
        except RuleBroken as broken:
            flash(broken.text, "warn")
    else:
        flash("목표가 어떻게 되었는지 골라 주세요.", "warn")
    return redirect(url_for("plans.show", plan_id=goal.plan_id, _anchor=f"goal-{goal.position}"))
