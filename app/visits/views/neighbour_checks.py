"""이웃·관리소 확인: a word with the neighbours or the caretaker, without the steps of a visit."""

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
from app.follow_ups.rules import Purpose
from app.households.models import Household
from app.visits import service
from app.visits.forms import NeighbourCheckForm
from app.visits.views.blueprint import blueprint, household_from_url
from app.visits.views.drafts import typed_values
from app.web.security import current_identity, requires


@blueprint.route("/households/<int:household_id>/neighbour-checks/new", methods=["GET", "POST"])
@requires(Permission.LOG_VISIT, household_from_url, records=Action.VIEW)
def log_neighbour_check(household: Household) -> Any:
    """What neighbours or the caretaker know of a household that nobody reaches."""
    identity, now = current_identity(), clock.now()
    form = NeighbourCheckForm(
        data={
            "visit_id": str(new_id()),
            "typed_at": now.isoformat(),
            "occurred_on": clock.korean_date(now),
            "at": clock.korean_time(now).time().replace(second=0, microsecond=0),
        }
    )
    if form.validate_on_submit() and _logged(form, household, identity, now):
        flash("이웃·관리소에서 들은 말을 기록했습니다. 다음에 할 일을 확인해 주세요.", "ok")
        return redirect(url_for("timelines.household", household_id=household.id, _anchor="dues"))
    return make_response(render_template("visits/neighbour_check.html", household=household, form=form), form.status)


def _logged(form: NeighbourCheckForm, household: Household, identity: Identity, now: datetime) -> bool:
    visit_id, typed_at = typed_values(form, now)
    purpose = Purpose.NURSING if identity.role is Role.NURSE else Purpose.WELFARE
    details = form.to_details(visit_id, household.id, purpose)
    confirmed = request.form.getlist("confirmed")
    try:
        return form.carries_out(
            lambda: service.log_visit(
                db.session, household, details, confirmed=confirmed, typed_at=typed_at, actor=identity, now=now
            )
        )
    finally:
        form.show_all(getattr(form.broken, "problems", ()))
