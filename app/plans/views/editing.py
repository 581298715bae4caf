"""The editor: rows by buttons that work without script, drafts kept from the first key, errors at their row."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from app.access.permissions import Permission
from app.audit.rules import Action
from app.cases.queries import list_keepers
from app.core import clock
from app.core.errors import RuleBroken, StaleRecord
from app.extensions import db
from app.needs.queries import needs_to_choose
from app.plans import service
from app.plans.forms import PlanForm, typed_of
from app.plans.models import Plan
from app.plans.rules import MOST_GOALS, MOST_SERVICES, PlanState, RowAct, act_on, gaps_of
from app.plans.views.blueprint import blueprint, plan_from_url
from app.providers.queries import list_providers
from app.web.security import current_identity, requires
from app.web.typed import json_sent, texts_by_name

MOST = {"goals": MOST_GOALS, "services": MOST_SERVICES}
LONGEST_BODY = 400
"""Names in one draft; the largest plan has fewer."""


@blueprint.route("/plans/<int:plan_id>/edit", methods=["GET", "POST"])
@requires(Permission.KEEP_PLAN, plan_from_url, records=Action.VIEW)
def edit(plan: Plan) -> Any:
    """Write a version; with `check` in the address what is missing stands at its field."""
    if plan.state is not PlanState.DRAFT:
        flash(f"«{plan.state.label}» 상태의 계획은 고치지 않습니다.", "warn")
        return redirect(url_for("plans.show", plan_id=plan.id))
    act = RowAct.from_button(request.form.get("act", ""))
    if act is not None:
        return _acted(plan, act)
    if request.method == "POST":
        return _saved(plan)
    form = _form(plan, _at_least_one(typed_of(service.draft_of(plan), version=plan.version)))
    if "check" in request.args:
        form.show_gaps(gaps_of(service.draft_of(plan), number=plan.number))
    return _page(plan, form)


def _saved(plan: Plan) -> Any:
    form = _form(plan, request.form.to_dict(flat=False))
    if form.validate() and form.carries_out(lambda: _keep(plan, form)):
        flash("계획을 저장했습니다.", "ok")
        return redirect(url_for("plans.show", plan_id=plan.id))
    return _page(plan, form)


def _acted(plan: Plan, act: RowAct) -> Any:
    """The same page with the rows put as asked; what can be kept of it is kept."""
    typed = act_on(request.form.to_dict(flat=False), act, most=MOST[act.rows])
    form = _form(plan, typed)
    if form.carries_out(lambda: _keep(plan, form)):
        form.version.data = str(plan.version)
    return _page(plan, form, focus=act)


def _keep(plan: Plan, form: PlanForm) -> None:
    service.keep_draft(
        db.session, plan, form.to_draft(), version=form.opened_version, actor=current_identity(), now=clock.now()
    )


def _form(plan: Plan, typed: dict[str, list[str]]) -> PlanForm:
    values = MultiDict((name, value) for name, given in typed.items() for value in given)
    form = PlanForm(formdata=values)
    district_id = plan.case.household.centre.district_id
    form.offer(list_providers(db.session, district_id), list_keepers(db.session, plan.case.centre_id))
    form.offer_needs(needs_to_choose(db.session, plan.household.id, current_identity(), on=clock.today()))
    return form


def _at_least_one(typed: dict[str, list[str]]) -> dict[str, list[str]]:
    """An empty plan begins with an empty goal and an empty service."""
    for rows in MOST:
        if f"{rows}-0-is_row" not in typed:
            typed = typed | {f"{rows}-0-is_row": ["1"]}
    return typed


def _page(plan: Plan, form: PlanForm, *, focus: RowAct | None = None) -> Response:
    form.stand_on(plan.version)
    providers = [name for _key, name in form.entries.values()]
    page = render_template(
        "plans/edit.html", plan=plan, household=plan.household, form=form, providers=providers, focus=focus, most=MOST
    )
    return make_response(page, 200 if "check" in request.args and request.method == "GET" else form.status)


@blueprint.put("/plans/<int:plan_id>/draft")
@requires(Permission.KEEP_PLAN, plan_from_url)
def keep_typed(plan: Plan) -> Response:
    """Keep what has been typed; 409 with the stored text when another screen saved in between."""
    given = json_sent()
    typed = texts_by_name(given.get("body"), most=LONGEST_BODY) if isinstance(given, dict) else None
    if typed is None or given is None:
        return make_response(jsonify(code="UNREADABLE", text="임시 저장할 글을 알아볼 수 없습니다."), 422)
    version = given.get("version")
    form = _form(plan, typed | {"version": [str(version)]})
    try:
        with db.session.begin_nested():
            _keep(plan, form)
    except StaleRecord:
        stored = typed_of(service.draft_of(plan), version=plan.version)
        body = {name: values[0] for name, values in stored.items() if name != "version"}
        return make_response(jsonify(version=plan.version, body=body), 409)
    except RuleBroken as broken:
        return make_response(jsonify(code=broken.code, text=broken.text), 422)
    return jsonify(version=plan.version, saved_at=clock.now().isoformat())
