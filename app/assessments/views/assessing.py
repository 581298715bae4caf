"""Asking by an instrument, and what came out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, make_response, redirect, render_template, request, url_for

from app.access.permissions import Permission
from app.assessments import queries, service
from app.assessments.forms import AssessmentForm, VoidForm, assessment_form
from app.assessments.models import Assessment
from app.assessments.queries import Result
from app.assessments.rules import Instrument, show_number
from app.assessments.views.blueprint import assessment_from_url, blueprint, household_from_url
from app.audit.rules import Action
from app.core import clock
from app.core.database import new_id
from app.extensions import db
from app.follow_ups.queries import get_rule_in_force, list_terms
from app.households.models import Household
from app.safety.queries import list_protection
from app.web.security import current_identity, requires


@blueprint.get("/households/<int:household_id>/assessments")
@requires(Permission.VIEW_HOUSEHOLD, household_from_url, records=Action.VIEW)
def list_assessments(household: Household) -> Any:
    """What was assessed, each instrument with its results over time; and what may be asked."""
    identity, today = current_identity(), clock.today()
    results = queries.list_results(db.session, household, identity)
    instruments = queries.list_instruments(db.session, identity.district_id, on=today)
    return render_template(
        "assessments/list.html", household=household, series=queries.series_of(results), instruments=instruments,
        keys={instrument.code: key for key, instrument in instruments.items()},
        again=queries.due_again(results, today=today), today=today,
    )  # fmt: skip


@blueprint.route("/households/<int:household_id>/assessments/new/<int:instrument_id>", methods=["GET", "POST"])
@requires(Permission.ASSESS, household_from_url, records=Action.VIEW)
def assess(household: Household) -> Any:
    """Ask by one instrument; with `visit` in the address the answers belong to that visit, and one goes back there."""
    identity, now = current_identity(), clock.now()
    instrument = _instrument(now)
    fresh_id = new_id()
    form = assessment_form(
        instrument, [member for member in household.members if member.is_present], clock.korean_date(now), fresh_id,
        visit_id=_visit_in_address(), member_id=request.args.get("member", ""),
    )  # fmt: skip
    if form.validate_on_submit() and form.carries_out(
        lambda: service.record_assessment(db.session, household, form.to_details(fresh_id), actor=identity, now=now)
    ):
        return _shown(household, form, instrument)
    page = render_template("assessments/assess.html", household=household, instrument=instrument, form=form)
    return make_response(page, form.status)


def _instrument(now: Any) -> Instrument:
    district_id = current_identity().district_id
    code = queries.code_of(db.session, district_id, (request.view_args or {})["instrument_id"])
    return queries.read(queries.get_version(db.session, district_id, code, on=clock.korean_date(now)))


def _visit_in_address() -> str:
    """The visit it is asked at; nonsense is no visit."""
    try:
        return str(UUID(request.args.get("visit", "")))
    except ValueError:
        return ""


def _shown(household: Household, form: AssessmentForm, instrument: Instrument) -> Any:
    """Where one goes on: the restricted task an answer opened, the next instrument, the visit, or the result."""
    row: Assessment = form.outcome
    result = Result(row, instrument)
    opened = [
        task
        for task in list_protection(db.session, current_identity(), household_id=household.id, open_only=True)
        if task.opened_at == row.recorded_at
    ]
    if opened:
        flash("답에 자살 위험이 있어 보호 조치를 열었습니다. 팀장에게 바로 알렸습니다.", "warn")
        return redirect(url_for("safety.show_protection", task_id=opened[0].id))
    flash(f"{instrument.name} {show_number(row.total)}점을 저장했습니다.", "ok")
    goes_on = result.band is not None and (result.band.then or result.band.rule)
    if form.of_visit and not goes_on:
        return redirect(
            url_for("visits.log_visit", household_id=household.id, visit=form.of_visit, _anchor="step-care")
        )
    return redirect(
        url_for("assessments.show_assessment", household_id=household.id, assessment_id=row.id, visit=form.of_visit)
    )


@blueprint.get("/households/<int:household_id>/assessments/<uuid:assessment_id>")
@requires(Permission.VIEW_HOUSEHOLD, assessment_from_url, records=Action.VIEW)
def show_assessment(row: Assessment) -> Any:
    """One assessment, line by line, and what it suggests to do next."""
    identity, today = current_identity(), clock.today()
    result = Result(row, queries.read(row.instrument))
    answered = [
        (item, line, item.choice(line.answer))
        for line in row.lines
        for item in result.instrument.items
        if item.code == line.item
    ]
    instruments = queries.list_instruments(db.session, identity.district_id, on=today)
    return render_template(
        "assessments/show.html", household=row.household, result=result, answered=answered, form=VoidForm(),
        keys={instrument.code: key for key, instrument in instruments.items()}, instruments=instruments,
        proposed=_proposed_rule(result), is_mine=row.by_id == identity.account_id, visit_id=_visit_in_address(),
        ticked=result.instrument.tick and any(line.item == result.instrument.tick.code for line in row.lines),
    )  # fmt: skip


def _proposed_rule(result: Result) -> Any:
    """(the rule the band proposes, whether it holds already), or None."""
    band, household = result.band, result.row.household
    if band is None or not band.rule or result.row.voided_at is not None or not household.is_active:
        return None
    today = clock.today()
    rule = get_rule_in_force(db.session, band.rule, district_id=household.centre.district_id, on=today)
    standing = {
        term.rule.code
        for term in list_terms(db.session, household.id)
        if (term.ends_on is None or term.ends_on >= today) and term.closed_on is None
    }
    return rule, band.rule in standing


@blueprint.post("/households/<int:household_id>/assessments/<uuid:assessment_id>/rule")
@requires(Permission.SET_TERM, assessment_from_url)
def set_proposed_rule(row: Assessment) -> Any:
    """Let the rule hold that the result proposes."""
    form, result = VoidForm(), Result(row, queries.read(row.instrument))
    if form.carries_out(
        lambda: service.set_proposed_rule(db.session, row.household, result, actor=current_identity(), now=clock.now())
    ):
        flash("관리 기준을 정했습니다. 다음 안부 확인일을 확인해 주세요.", "ok")
        return redirect(url_for("timelines.household", household_id=row.household_id, _anchor="dues"))
    flash(" ".join(form.form_errors) or "정하지 못했습니다.", "danger")
    return redirect(url_for("assessments.show_assessment", household_id=row.household_id, assessment_id=row.id))


@blueprint.post("/households/<int:household_id>/assessments/<uuid:assessment_id>/void")
@requires(Permission.ASSESS, assessment_from_url)
def void_assessment(row: Assessment) -> Any:
    """Take one's own assessment back."""
    form = VoidForm()
    if form.validate_on_submit() and form.carries_out(
        lambda: service.void_assessment(
            db.session, row, because=form.because.data, actor=current_identity(), now=clock.now()
        )
    ):
        flash("평가를 취소했습니다. 기록에는 남고 세지는 않습니다.", "ok")
        return redirect(url_for("assessments.list_assessments", household_id=row.household_id))
    flash(" ".join([*form.form_errors, *form.because.errors]) or "취소하지 못했습니다.", "danger")
    return redirect(url_for("assessments.show_assessment", household_id=row.household_id, assessment_id=row.id))
