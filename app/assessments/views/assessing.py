"""Asking by an instrument, and what came out."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for

from app.access.permissions import Permission
from app.assessments import queries, service
from app.assessments.forms import VoidForm, assessment_form
from app.assessments.models import Assessment
from app.assessments.queries import Result
from app.assessments.views.blueprint import assessment_from_url, blueprint, household_from_url
from app.audit.rules import Action
from app.core import clock
from app.core.database import new_id
from app.extensions import db
from app.households.models import Household
from app.safety.queries import list_protection
from app.web.security import current_identity, requires


@blueprint.get("/households/<int:household_id>/assessments")
@requires(Permission.VIEW_HOUSEHOLD, household_from_url, records=Action.VIEW)
def list_assessments(household: Household) -> Any:
    """What was assessed, each instrument with its newest result and the one before; and what may be asked."""
    identity, today = current_identity(), clock.today()
    results = queries.list_results(db.session, household, identity)
    return render_template(
        "assessments/list.html", household=household, series=queries.series_of(results),
        instruments=queries.list_instruments(db.session, identity.district_id, on=today), today=today,
    )  # fmt: skip


@blueprint.route("/households/<int:household_id>/assessments/new/<int:instrument_id>", methods=["GET", "POST"])
@requires(Permission.ASSESS, household_from_url, records=Action.VIEW)
def assess(household: Household) -> Any:
    """Ask by one instrument."""
    identity, now = current_identity(), clock.now()
    code = queries.code_of(db.session, identity.district_id, (request.view_args or {})["instrument_id"])
    today = clock.korean_date(now)
    instrument = queries.read(queries.get_version(db.session, identity.district_id, code, on=today))
    members = [member for member in household.members if member.is_present]
    fresh_id = new_id()
    form = assessment_form(instrument, members, today, fresh_id)
    if form.validate_on_submit() and form.carries_out(
        lambda: service.record_assessment(db.session, household, form.to_details(fresh_id), actor=identity, now=now)
    ):
        return _shown(household, form.outcome)
    page = render_template("assessments/assess.html", household=household, instrument=instrument, form=form)
    return make_response(page, form.status)


def _shown(household: Household, row: Assessment) -> Any:
    """Where one goes on: to the restricted task where an answer opened one, else to the result."""
    opened = [
        task
        for task in list_protection(db.session, current_identity(), household_id=household.id, open_only=True)
        if task.opened_at == row.recorded_at
    ]
    if opened:
        flash("답에 자살 위험이 있어 보호 조치를 열었습니다. 팀장에게 바로 알렸습니다.", "warn")
        return redirect(url_for("safety.show_protection", task_id=opened[0].id))
    flash("평가를 저장했습니다.", "ok")
    return redirect(url_for("assessments.show_assessment", household_id=household.id, assessment_id=row.id))


@blueprint.get("/households/<int:household_id>/assessments/<uuid:assessment_id>")
@requires(Permission.VIEW_HOUSEHOLD, assessment_from_url, records=Action.VIEW)
def show_assessment(row: Assessment) -> Any:
    """One assessment, line by line."""
    result = Result(row, queries.read(row.instrument))
    answered = [
        (item, line, item.choice(line.answer))
        for line in row.lines
        for item in result.instrument.items
        if item.code == line.item
    ]
    return render_template(
        "assessments/show.html", household=row.household, result=result, answered=answered, form=VoidForm(),
        is_mine=row.by_id == current_identity().account_id,
    )  # fmt: skip


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
