"""욕구·위기도 조사, answered where drafts are kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for

from app.access.identity import Identity
from app.access.permissions import Permission
from app.audit.rules import Action
from app.cases import queries as cases
from app.core import clock
from app.core.database import new_id
from app.core.errors import NotFound
from app.extensions import db
from app.households.models import Household
from app.needs import queries as needs
from app.needs.forms import SurveyForm, survey_form
from app.needs.models import NeedsAssessment, NeedsForm
from app.needs.rules import NeedLevel
from app.needs.service import Recorded, record_needs
from app.visits.models import VisitDraft
from app.visits.service.drafts import drop_draft
from app.visits.views.blueprint import blueprint, household_from_url
from app.visits.views.drafts import begun, draft_values, stored_version, typed_values
from app.web.security import current_identity, requires


@blueprint.route("/households/<int:household_id>/needs/new", methods=["GET", "POST"])
@requires(Permission.WORK_CASE, household_from_url, records=Action.VIEW)
def assess_needs(household: Household) -> Any:
    """Ask about every item of the form; what was answered last time stands beside each."""
    identity, now = current_identity(), clock.now()
    draft = begun(identity, household, "needs") if request.method == "GET" else None
    version = _version(identity, draft, now)
    form = _form(version, draft, now)
    if form.validate_on_submit() and form.carries_out(lambda: _kept(household, version, form, identity, now)):
        return _shown(form.outcome)
    before = needs.latest_assessment(db.session, household.id)
    case = cases.standing_case(db.session, household.id)
    page = render_template(
        "needs/assess.html", household=household, form=form, draft=draft, instrument=form.instrument, before=before,
        last=_last(before, identity), case=case, levels=list(NeedLevel),
        has_talks=bool(cases.counselling_of(db.session, case) if case else cases.list_counselling(db.session, household.id)),
        draft_version=draft.version if draft else stored_version(identity, form, now),
    )  # fmt: skip
    return make_response(page, form.status)


def _last(before: NeedsAssessment | None, identity: Identity) -> dict[str, NeedLevel]:
    """What the survey before found, by item, as far as this person may read it."""
    if before is None:
        return {}
    found = needs.needs_of(before, with_health=needs.reads_health(before, identity))
    return {need.code: need.level for need in found}


def _version(identity: Identity, draft: VisitDraft | None, now: datetime) -> NeedsForm:
    """The version the page or the draft began with; otherwise the one that holds today."""
    today = clock.korean_date(now)
    asked = str(draft.body.get("form_id", "")) if draft else request.form.get("form_id", "")
    try:
        row = needs.get_form(db.session, identity.district_id, int(asked) if asked.isdecimal() else 0)
    except NotFound:
        row = None
    if row is not None and row.effective_from <= today:
        return row
    return needs.form_in_force(db.session, identity.district_id, on=today)


def _form(version: NeedsForm, draft: VisitDraft | None, now: datetime) -> SurveyForm:
    values = {
        "visit_id": str(new_id()), "typed_at": now.isoformat(), "form_id": str(version.id),
        "assessed_on": clock.korean_date(now),
    }  # fmt: skip
    return survey_form(needs.read(version), draft_values(draft), **values)


def _kept(household: Household, version: NeedsForm, form: SurveyForm, identity: Identity, now: datetime) -> Recorded:
    survey_id, _typed_at = typed_values(form, now)
    details = form.to_details(survey_id, version.id)
    recorded = record_needs(db.session, household, details, actor=identity, now=now)
    drop_draft(db.session, survey_id)
    return recorded


def _shown(recorded: Recorded) -> Any:
    flash("욕구조사를 저장했습니다." + (" 사례가 조사 단계로 갔습니다." if recorded.has_moved else ""), "ok")
    return redirect(url_for("needs.show", survey_id=recorded.row.id))
