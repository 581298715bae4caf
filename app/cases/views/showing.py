"""One case: header, line of stages, clocks, counselling, approvals; the cases of a household; taking one in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import flash, make_response, redirect, render_template, url_for

from app.access.permissions import Permission
from app.access.policy import can
from app.audit.rules import Action
from app.cases import queries, service
from app.cases.forms import IntakeForm
from app.cases.models import Case
from app.cases.rules import CARE, LIVE, ApprovalKind, CaseStage, next_stages, stages_ahead
from app.cases.views.blueprint import blueprint, case_from_url, household_from_url
from app.core import clock
from app.extensions import db
from app.households.models import Household
from app.web.security import current_identity, requires


@blueprint.get("/cases/<int:case_id>")
@requires(Permission.SEE_CASES, case_from_url, records=Action.VIEW)
def show(case: Case) -> Any:
    """A case with everything that belongs to it."""
    identity, today = current_identity(), clock.today()
    dues = queries.dues_of_cases(db.session, identity, [case], today=today).get(case.id, [])
    following = queries.list_next_of(db.session, case.id)
    groups = queries.target_groups(db.session, identity.district_id, on=case.intake_on)
    return render_template(
        "cases/show.html", case=case, household=case.household, today=today, dues=[] if following else dues,
        talks=queries.counselling_of(db.session, case), following=following, stages=stage_line(case),
        groups=[groups.get(code, code) for code in case.target_groups], nexts=next_stages(case.stage, case.case_class),
        waiting=queries.waiting_of(db.session, case.id, ApprovalKind.CLOSURE), is_live=case.stage in LIVE,
        is_care=case.case_class in CARE, works=can(identity, Permission.WORK_CASE, case), CaseStage=CaseStage,
    )  # fmt: skip


def stage_line(case: Case) -> list[dict[str, Any]]:
    """The stages in order: passed, here, to come; a stage that such a case never comes to is left out."""
    seen = {step.to_stage: step for step in case.steps}
    ahead = stages_ahead(case.stage, case.case_class) if case.stage in LIVE else frozenset()
    order = [stage for stage in CaseStage if stage in seen or stage in ahead]
    return [{"stage": stage, "step": seen.get(stage), "is_here": stage is case.stage} for stage in order]


@blueprint.get("/households/<int:household_id>/cases")
@requires(Permission.VIEW_HOUSEHOLD, household_from_url, records=Action.VIEW)
def of_household(household: Household) -> Any:
    """Every case of a household, and the first talks that belong to none."""
    cases = queries.list_cases_of(db.session, household.id)
    talks = queries.list_counselling(db.session, household.id)
    return render_template(
        "cases/of_household.html", household=household, cases=cases, talks=talks, today=clock.today(), LIVE=LIVE,
        live=next((case for case in cases if case.stage in LIVE), None),
        works=can(current_identity(), Permission.WORK_CASE, household),
    )  # fmt: skip


@blueprint.route("/households/<int:household_id>/cases/new", methods=["GET", "POST"])
@requires(Permission.WORK_CASE, household_from_url, records=Action.VIEW)
def open_case(household: Household) -> Any:
    """Take a household in as a case, or begin again after an earlier one."""
    now = clock.now()
    form = IntakeForm(data={"intake_on": clock.korean_date(now)})
    _offer(form, household, now)
    if form.validate_on_submit() and form.carries_out(
        lambda: service.open_case(db.session, household, form.to_details(), actor=current_identity(), now=now)
    ):
        flash("사례로 접수했습니다. 다음은 초기상담과 욕구·위기도 조사입니다.", "ok")
        return redirect(url_for("cases.show", case_id=form.outcome.id))
    earlier = queries.list_cases_of(db.session, household.id)
    page = render_template("cases/open.html", household=household, form=form, earlier=earlier, case=None)
    return make_response(page, form.status)


@blueprint.route("/cases/<int:case_id>/intake", methods=["GET", "POST"])
@requires(Permission.WORK_CASE, case_from_url, records=Action.VIEW)
def change_intake(case: Case) -> Any:
    """Put right what the intake says; another day moves the clocks."""
    now = clock.now()
    form = IntakeForm(
        data={
            "intake_on": case.intake_on, "route": case.route, "reason": case.reason, "version": str(case.version),
            "target_groups": list(case.target_groups), "keeper": str(case.keeper_id or ""),
        }
    )  # fmt: skip
    _offer(form, case.household, now)
    if form.validate_on_submit() and form.carries_out(
        lambda: service.change_intake(
            db.session, case, form.to_details(), version=form.opened_version, actor=current_identity(), now=now
        )
    ):
        flash("접수 내용을 고쳤습니다. 접수일을 바꿨으면 기한도 옮겨졌습니다.", "ok")
        return redirect(url_for("cases.show", case_id=case.id))
    page = render_template("cases/open.html", household=case.household, form=form, earlier=[], case=case)
    return make_response(page, form.status)


def _offer(form: IntakeForm, household: Household, now: datetime) -> None:
    groups = queries.target_groups(db.session, current_identity().district_id, on=clock.korean_date(now))
    form.offer(groups, queries.list_keepers(db.session, household.centre_id))
