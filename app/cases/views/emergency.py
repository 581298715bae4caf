"""긴급복지: ask, one aid with its clock and its next step, and all that run."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import flash, make_response, redirect, render_template, url_for
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.audit import service as audit
from app.audit.rules import Action
from app.cases.forms.emergency import AskForm, DecisionForm, OnSiteForm, SurveyForm
from app.cases.models import EmergencyAid
from app.cases.queries import emergency as queries
from app.cases.rules.emergency import AidKind, AidStep, Crisis, left_words
from app.cases.service import emergency as service
from app.cases.views.blueprint import blueprint, household_from_url
from app.core import clock
from app.core.clock import korean_time
from app.extensions import db
from app.households.models import Household
from app.web.security import current_identity, requires


def aid_from_url(session: Session, identity: Identity, *, aid_id: int) -> EmergencyAid:
    """The aid of the URL, or 404."""
    return queries.get_aid(session, identity, aid_id)


@blueprint.get("/emergency-aid")
@requires(Permission.SEE_CASES)
def running_aids() -> Any:
    """All that run in the scope, the latest first."""
    identity, now = current_identity(), clock.now()
    today = clock.korean_date(now)
    rows = queries.list_running_aids(db.session, identity, now=now, on=today)
    late = sum(row.is_late for row in rows)
    page = render_template("cases/running_aids.html", rows=rows, now=now, today=today, late=late)
    ids = sorted({row.aid.household_id for row in rows})
    if ids:
        audit.record_list(db.session, Action.LIST, ids, subject="emergency-aid", actor=identity, now=now)
    return page


@blueprint.route("/households/<int:household_id>/emergency-aid", methods=["GET", "POST"])
@requires(Permission.WORK_CASE, household_from_url, records=Action.VIEW)
def ask_aid(household: Household) -> Any:
    """Begin an emergency aid; earlier ones stand below."""
    now = clock.now()
    form = AskForm(data=_moment(now))
    if form.validate_on_submit() and form.carries_out(
        lambda: service.ask_aid(
            db.session, household, Crisis(form.crisis.data), asked_at=form.moment, actor=current_identity(), now=now
        )
    ):
        flash("긴급복지 요청을 적었습니다. 현장확인과 결정의 기한이 시작되었습니다.", "ok")
        return redirect(url_for("cases.show_aid", aid_id=form.outcome.id))
    earlier = queries.aids_of(db.session, household.id)
    clocks = queries.aid_clocks(db.session, household.centre.district_id, on=clock.korean_date(now))
    page = render_template("cases/ask_aid.html", household=household, form=form, earlier=earlier, days=clocks.days)
    return make_response(page, form.status)


@blueprint.get("/emergency-aid/<int:aid_id>")
@requires(Permission.SEE_CASES, aid_from_url, records=Action.VIEW)
def show_aid(aid: EmergencyAid) -> Any:
    """One aid: what was done when, what comes next and by when."""
    now = clock.now()
    page = render_template("cases/aid.html", **_standing(aid, now), forms_of=_forms(aid, now))
    return make_response(page)


@blueprint.post("/emergency-aid/<int:aid_id>/check")
@requires(Permission.WORK_CASE, aid_from_url, records=Action.VIEW)
def check_aid(aid: EmergencyAid) -> Any:
    """The on-site check."""
    form = OnSiteForm()
    return _done(
        aid, "check", form, "현장확인을 저장했습니다.",
        lambda: service.record_on_site_check(
            db.session, aid, checked_at=form.moment, note=form.note.data or "", version=form.opened_version,
            actor=current_identity(), now=clock.now(),
        ),
    )  # fmt: skip


@blueprint.post("/emergency-aid/<int:aid_id>/decide")
@requires(Permission.WORK_CASE, aid_from_url, records=Action.VIEW)
def decide_aid(aid: EmergencyAid) -> Any:
    """The decision."""
    form = DecisionForm()
    return _done(
        aid, "decision", form, "결정을 저장했습니다.",
        lambda: service.decide_aid(
            db.session, aid, form.to_details(), version=form.opened_version, actor=current_identity(), now=clock.now()
        ),
    )  # fmt: skip


@blueprint.post("/emergency-aid/<int:aid_id>/survey")
@requires(Permission.WORK_CASE, aid_from_url, records=Action.VIEW)
def survey_aid(aid: EmergencyAid) -> Any:
    """The after-survey."""
    form = SurveyForm()

    def keep() -> None:
        if form.on.data is not None:
            service.record_survey(
                db.session, aid, surveyed_on=form.on.data, note=form.note.data or "", version=form.opened_version,
                actor=current_identity(), now=clock.now(),
            )  # fmt: skip

    return _done(aid, "survey", form, "사후조사를 저장했습니다.", keep)


def _done(aid: EmergencyAid, name: str, form: Any, said: str, verb: Any) -> Any:
    """Back to the aid, or its page again with what is wrong at its field."""
    now = clock.now()
    if form.validate_on_submit() and form.carries_out(verb):
        flash(said, "ok")
        return redirect(url_for("cases.show_aid", aid_id=aid.id))
    form.stand_on(aid.version)
    page = render_template("cases/aid.html", **_standing(aid, now), forms_of=_forms(aid, now) | {name: form})
    return make_response(page, form.status)


def _standing(aid: EmergencyAid, now: datetime) -> dict[str, Any]:
    today = clock.korean_date(now)
    clocks = queries.aid_clocks(db.session, aid.household.centre.district_id, on=today)
    return {
        "aid": aid, "household": aid.household, "row": queries.standing_of(aid, clocks, now=now), "now": now, "today": today,
        "works": can(current_identity(), Permission.WORK_CASE, aid), "AidStep": AidStep,
    }  # fmt: skip


def _forms(aid: EmergencyAid, now: datetime) -> dict[str, Any]:
    begun = _moment(now) | {"version": str(aid.version)}
    return {
        "check": OnSiteForm(formdata=None, data=begun), "decision": DecisionForm(formdata=None, data=begun),
        "survey": SurveyForm(formdata=None, data=begun),
    }  # fmt: skip


def _moment(now: datetime) -> dict[str, Any]:
    local = korean_time(now)
    return {"on": local.date(), "at": local.time().replace(second=0, microsecond=0, tzinfo=None)}


@blueprint.app_template_filter("crisis_word")
def crisis_word(code: str) -> str:
    """«실직» for a stored crisis."""
    return Crisis(code).label if code in Crisis.__members__ else code


@blueprint.app_template_filter("aid_words")
def aid_words(codes: list[str]) -> str:
    """«생계, 주거» for stored kinds."""
    return ", ".join(AidKind(code).label if code in AidKind.__members__ else code for code in codes)


@blueprint.app_template_filter("left_words")
def left_words_of(due: datetime, now: datetime) -> str:
    """«5시간 남음»."""
    return left_words(due, now)
