"""부재: a button of its own, because nobody home is as much a finding as somebody home."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for

from app.access.identity import Identity
from app.access.permissions import Permission, Role
from app.audit.rules import Action
from app.core import clock
from app.core.database import new_id
from app.extensions import db
from app.follow_ups.rules import ContactMode, Purpose
from app.households.models import Household
from app.visits import service
from app.visits.forms import AbsenceForm
from app.visits.views.blueprint import blueprint, household_from_url
from app.visits.views.drafts import begun, draft_values, stored_version, typed_values
from app.visits.views.setting_out import door_of, leave
from app.web.security import current_identity, requires


@blueprint.route("/households/<int:household_id>/absences/new", methods=["GET", "POST"])
@requires(Permission.LOG_VISIT, household_from_url, records=Action.VIEW)
def log_absence(household: Household) -> Any:
    """Nobody was met."""
    identity, now = current_identity(), clock.now()
    draft = None if request.method == "POST" else begun(identity, household, "absence")
    form = _form(identity, now, draft)
    if form.validate_on_submit() and _logged(form, household, identity, now):
        leave(household, form, identity, now)
        flash("부재를 기록했습니다. 다음에 할 일을 확인해 주세요.", "ok")
        return redirect(url_for("timelines.household", household_id=household.id, _anchor="dues"))
    version = stored_version(identity, form, now)
    page = render_template(
        "visits/absence.html", household=household, form=form, draft=draft, draft_version=version,
        door=door_of(household, form, identity, now),
    )  # fmt: skip
    return make_response(page, form.status)


def _form(identity: Identity, now: datetime, draft: Any) -> AbsenceForm:
    defaults = {
        "visit_id": str(draft.id if draft else new_id()),
        "typed_at": (draft.started_at if draft else now).isoformat(),
        "mode": ContactMode.ABSENT.value,
        "purpose": (Purpose.NURSING if identity.role is Role.NURSE else Purpose.WELFARE).value,
        "occurred_on": clock.korean_date(now),
        "at": clock.korean_time(now).time().replace(second=0, microsecond=0),
    }
    return AbsenceForm(draft_values(draft), data=defaults) if draft else AbsenceForm(data=defaults)


def _logged(form: AbsenceForm, household: Household, identity: Identity, now: datetime) -> bool:
    visit_id, typed_at = typed_values(form, now)
    details = form.to_details(visit_id, household.id)
    try:
        return form.carries_out(
            lambda: service.log_absence(
                db.session,
                household,
                details,
                confirmed=request.form.getlist("confirmed"),
                typed_at=typed_at,
                actor=identity,
                now=now,
            )
        )
    finally:
        form.show_all(getattr(form.broken, "problems", ()))
