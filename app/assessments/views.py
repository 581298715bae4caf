"""Asking by an instrument, what came out, and the instruments themselves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission
from app.assessments import queries, service
from app.assessments.forms import VoidForm, assessment_form, cut_off_form
from app.assessments.models import Assessment
from app.assessments.queries import Result
from app.assessments.rules import show_number
from app.audit.rules import Action
from app.core import clock
from app.core.database import new_id
from app.extensions import db
from app.households.models import Household
from app.households.queries import get_household
from app.safety.queries import list_protection
from app.web.security import current_identity, requires

blueprint = Blueprint("assessments", __name__)
blueprint.add_app_template_filter(show_number)


def household_from_url(session: Session, identity: Identity, *, household_id: int, **_rest: Any) -> Household:
    """The household of the URL, or 404."""
    return get_household(session, identity, household_id)


def assessment_from_url(session: Session, identity: Identity, *, household_id: int, assessment_id: UUID) -> Assessment:
    """The assessment of the URL, or 404."""
    return queries.get_result(session, identity, household_id, assessment_id).row


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


@blueprint.get("/instruments")
@requires(Permission.SEE_RULES)
def list_instruments() -> Any:
    """The instruments that hold: bands, cut-offs, sources, licence."""
    identity, today = current_identity(), clock.today()
    instruments = queries.list_instruments(db.session, identity.district_id, on=today)
    return render_template("assessments/instruments.html", instruments=instruments)


@blueprint.route("/instruments/<int:instrument_id>", methods=["GET", "POST"])
@requires(Permission.KEEP_INSTRUMENTS)
def cut_offs(instrument_id: int) -> Any:
    """A district's own cut-offs."""
    identity, now = current_identity(), clock.now()
    today = clock.korean_date(now)
    code = queries.code_of(db.session, identity.district_id, instrument_id)
    versions = queries.list_versions(db.session, identity.district_id, code)
    instrument = queries.read(queries.get_version(db.session, identity.district_id, code, on=today))
    form = cut_off_form(instrument, today)
    if form.validate_on_submit() and form.carries_out(
        lambda: service.set_cut_offs(
            db.session,
            code,
            form.to_edges(),
            effective_from=form.effective_from.data,
            source=form.source.data,
            why=form.why.data,
            actor=identity,
            now=now,
        )
    ):
        flash("우리 시군구의 기준을 정했습니다. 앞의 기록은 그때의 기준을 그대로 지닙니다.", "ok")
        return redirect(url_for("assessments.list_instruments"))
    page = render_template("assessments/cut_offs.html", instrument=instrument, form=form, versions=versions)
    return make_response(page, form.status)
