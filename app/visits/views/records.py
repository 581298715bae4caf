"""Log a visit, correct it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for

from app.access.identity import Identity
from app.access.permissions import Permission
from app.audit.rules import Action
from app.care.forms import care_section, typed_care
from app.care.queries import get_care, offer_care
from app.core import clock
from app.core.errors import NotFound, StaleRecord
from app.extensions import db
from app.households.models import Household
from app.households.service import Overtaken
from app.visits import queries, service
from app.visits.forms import VisitForm, correction_form, typed_again
from app.visits.models import Visit
from app.visits.views.blueprint import blueprint, household_from_url, visit_from_url
from app.visits.views.drafts import begun, typed_values
from app.visits.views.entering import begin_form, companions, filled_names, page_of, proposed_day, writes_health
from app.visits.views.setting_out import leave
from app.web.security import current_identity, requires


@blueprint.route("/households/<int:household_id>/visits/new", methods=["GET", "POST"])
@requires(Permission.LOG_VISIT, household_from_url, records=Action.VIEW)
def log_visit(household: Household) -> Any:
    """The visit form; a draft of it is taken up where it was left."""
    identity, now = current_identity(), clock.now()
    draft = None if request.method == "POST" else begun(identity, household, "visit")
    form = begin_form(household, identity, now, draft)
    if form.is_submitted() and form.reads() and _logged(form, household, identity, now):
        leave(household, form, identity, now)
        flash("방문을 기록했습니다. 다음 할 일을 확인해 주세요.", "ok")
        return redirect(url_for("timelines.household", household_id=household.id, _anchor="dues"))
    page = render_template("visits/log.html", **page_of(household, form, identity, now, draft))
    return make_response(page, form.status)


def _logged(form: VisitForm, household: Household, identity: Identity, now: datetime) -> bool:
    visit_id, typed_at = typed_values(form, now)
    details = form.to_details(visit_id, household.id)
    try:
        return form.carries_out(
            lambda: service.log_at_door(
                db.session,
                household,
                details,
                same_as=request.form.get("same_visit", ""),
                confirmed=request.form.getlist("confirmed"),
                proposed_on=proposed_day(household, identity, now) if details.promised_on else None,
                typed_at=typed_at,
                actor=identity,
                now=now,
            )
        )
    finally:
        form.show_all(getattr(form.broken, "problems", ()))


@blueprint.route("/visits/<uuid:visit_id>/correct", methods=["GET", "POST"])
@requires(Permission.CORRECT_VISIT, visit_from_url, records=Action.VIEW)
def correct_visit(visit: Visit) -> Any:
    """정정: the record as it stands, to be written anew with a reason."""
    identity, now = current_identity(), clock.now()
    household = household_from_url(db.session, identity, household_id=visit.household_id)
    if visit.state.value != "SUBMITTED" or visit.voided_at is not None:
        raise NotFound
    if visit.second_by_id == identity.account_id:
        return redirect(url_for("visits.correct_second_note", visit_id=visit.id))
    with_health = writes_health(identity, household)
    form = _correction_form(visit, household, identity, with_health=with_health)
    if form.is_submitted() and form.reads() and _corrected(form, visit, identity, now):
        flash("정정했습니다. 고치기 전의 글도 남아 있습니다.", "ok")
        return redirect(url_for("visits.show_visit", visit_id=visit.id))
    overtaken = _settled(form, visit, with_health=with_health) if isinstance(form.broken, StaleRecord) else ()
    page = page_of(household, form, identity, now, None) | {"members": household.members, "visit": visit}
    return make_response(render_template("visits/correct.html", **page, overtaken=overtaken), form.status)


def _correction_form(visit: Visit, household: Household, identity: Identity, *, with_health: bool) -> Any:
    kept = get_care(db.session, visit.id, author_id=visit.by_id)
    care = offer_care(db.session, identity, household, members=household.members, sent=filled_names(), kept=kept)
    members = tuple(member.id for member in household.members) if with_health else ()
    form = correction_form(members, care_section(care))(data=_as_typed(visit, with_health=with_health))
    form.offer(household.members, companions(household, identity))
    form.offer_care(care)
    return form


def _corrected(form: Any, visit: Visit, identity: Identity, now: datetime) -> bool:
    details = form.to_details(visit.id, visit.household_id)
    try:
        return bool(
            form.carries_out(
                lambda: service.correct_visit(
                    db.session,
                    visit,
                    details,
                    reason=form.reason.data,
                    version=form.opened_version,
                    confirmed=request.form.getlist("confirmed"),
                    actor=identity,
                    now=now,
                )
            )
        )
    finally:
        form.show_all(getattr(form.broken, "problems", ()))


def _settled(form: Any, visit: Visit, *, with_health: bool) -> list[Overtaken]:
    """What somebody else corrected while this form was open; the form now stands on it."""
    db.session.refresh(visit)
    details, opened = form.to_details(visit.id, visit.household_id), form.opened_version
    overtaken = service.overtaken_in_visit(db.session, visit, details, opened=opened, with_health=with_health)
    form.settle(overtaken, _as_typed(visit, with_health=with_health))
    return overtaken


def _as_typed(visit: Visit, *, with_health: bool) -> dict[str, Any]:
    """A record as its correction form begins; without health for whoever does not write it."""
    hidden = set() if with_health else service.HEALTH_TEXTS
    values: dict[str, Any] = {name: text for name, text in service.first_texts(visit).items() if name not in hidden}
    values |= {
        "visit_id": str(visit.id),
        "version": str(visit.version),
        "mode": visit.mode.value,
        "purpose": visit.purpose.value,
        "occurred_on": visit.occurred_on,
        "began": clock.korean_time(visit.began_at).time(),
        "ended": clock.korean_time(visit.ended_at).time() if visit.ended_at else None,
        "members_seen": [each.member_id for each in visit.attendances],
        "companion_ids": visit.companion_ids,
        "promised_on": visit.promised_on,
        "care": typed_care(get_care(db.session, visit.id, author_id=visit.by_id)),
    }
    return values | (_vitals_as_typed(visit) if with_health else {})


def _vitals_as_typed(visit: Visit) -> dict[str, Any]:
    """The vitals, symptoms and actions of a record, as the parts of its correction form begin."""
    return typed_again(
        [queries.as_reading(row) for row in visit.readings],
        visit.symptom_checks,
        visit.actions_taken,
        began_at=visit.began_at,
    )
