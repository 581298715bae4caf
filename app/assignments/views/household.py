"""Who is responsible for one household, since when, and who was before."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, render_template, url_for
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission
from app.assignments import queries, service
from app.assignments.forms import HouseholdForm
from app.assignments.rules import Duty
from app.assignments.views.blueprint import blueprint
from app.audit.rules import Action
from app.core import clock
from app.extensions import db
from app.households.models import Household
from app.households.queries import get_household
from app.web.security import current_identity, requires


def household_from_url(session: Session, identity: Identity, *, household_id: int) -> Household:
    """The household of the URL, or 404."""
    return get_household(session, identity, household_id)


@blueprint.route("/households/<int:household_id>/assignees", methods=["GET", "POST"])
@requires(Permission.ASSIGN, household_from_url, records=Action.VIEW)
def settle_household(household: Household) -> Any:
    """Both duties of one household."""
    identity, now = current_identity(), clock.now()
    nurses, workers = (queries.list_fitting(db.session, identity, duty) for duty in (Duty.NURSE, Duty.WORKER))
    form = HouseholdForm.of(household, clock.korean_date(now))
    form.offer(nurses, workers)
    if form.validate_on_submit() and form.carries_out(
        lambda: service.settle_household(
            db.session,
            household,
            form.wanted([*nurses, *workers]),
            reason=form.reason.data or "",
            from_on=form.from_on.data,
            actor=identity,
            now=now,
        )
    ):
        flash("담당을 정했습니다." if form.outcome else "바뀐 것이 없어 그대로 두었습니다.", "ok")
        return redirect(url_for("timelines.household", household_id=household.id))
    history = queries.list_history(db.session, household.id)
    page = render_template("assignments/household.html", household=household, form=form, assignment_history=history)
    return make_response(page, form.status)
