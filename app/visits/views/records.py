"""Log a visit, correct it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for

from app.access.identity import Identity
from app.access.permissions import Permission, Role
from app.access.policy import can
from app.audit.rules import Action
from app.core import clock
from app.core.database import new_id
from app.core.errors import NotFound, StaleRecord
from app.extensions import db
from app.follow_ups.queries import compute_dues, list_dues
from app.follow_ups.rules import Contact, ContactMode, Profession, Purpose
from app.follow_ups.rules.dues import in_order
from app.households.models import Household
from app.households.service import Overtaken
from app.visits import queries, service
from app.visits.forms import TOLD, VisitForm, correction_form, typed_again, visit_form
from app.visits.models import Visit
from app.visits.rules import as_hints
from app.visits.views.blueprint import blueprint, household_from_url, visit_from_url
from app.visits.views.drafts import begun, draft_values, stored_version, typed_values
from app.web.security import current_identity, requires


@blueprint.route("/households/<int:household_id>/visits/new", methods=["GET", "POST"])
@requires(Permission.LOG_VISIT, household_from_url, records=Action.VIEW)
def log_visit(household: Household) -> Any:
    """The visit form; a draft of it is taken up where it was left."""
    identity, now = current_identity(), clock.now()
    draft = None if request.method == "POST" else begun(identity, household, "visit")
    form = _form(household, identity, now, draft)
    if form.is_submitted() and form.reads() and _logged(form, household, identity, now):
        flash("방문을 기록했습니다. 다음 할 일을 확인해 주세요.", "ok")
        return redirect(url_for("timelines.household", household_id=household.id, _anchor="dues"))
    page = render_template("visits/log.html", **_page(household, form, identity, now, draft))
    return make_response(page, form.status)


def _logged(form: VisitForm, household: Household, identity: Identity, now: datetime) -> bool:
    visit_id, typed_at = typed_values(form, now)
    details = form.to_details(visit_id, household.id)
    try:
        return form.carries_out(
            lambda: service.log_visit(
                db.session,
                household,
                details,
                confirmed=request.form.getlist("confirmed"),
                proposed_on=_proposed_on(household, identity, now) if details.promised_on else None,
                typed_at=typed_at,
                actor=identity,
                now=now,
            )
        )
    finally:
        form.show_all(getattr(form.broken, "problems", ()))


def _form(household: Household, identity: Identity, now: datetime, draft: Any) -> VisitForm:
    members = _present(household)
    kind = visit_form(tuple(member.id for member in members) if _writes_health(identity, household) else ())
    defaults = {
        "visit_id": str(draft.id if draft else new_id()),
        "typed_at": (draft.started_at if draft else now).isoformat(),
        "mode": _asked_mode(),
        "purpose": (Purpose.NURSING if identity.role is Role.NURSE else Purpose.WELFARE).value,
        "occurred_on": clock.korean_date(now),
        "began": clock.korean_time(now).time().replace(second=0, microsecond=0),
        "members_seen": [members[0].id] if len(members) == 1 else [],
    }
    form = kind(draft_values(draft), data=defaults) if draft else kind(data=defaults)
    form.offer(members, _companions(household, identity))
    return form


def _asked_mode() -> str:
    """What a link says it was (`?mode=CALL`); face to face otherwise."""
    wanted = request.args.get("mode", "")
    return wanted if wanted in {mode.value for mode in TOLD} else ContactMode.FACE.value


def _page(household: Household, form: VisitForm, identity: Identity, now: datetime, draft: Any) -> dict[str, Any]:
    on = clock.korean_date(now)
    members = _present(household)
    writes_health = _writes_health(identity, household)
    return {
        "household": household,
        "form": form,
        "draft": draft,
        "draft_version": stored_version(identity, form, now),
        "members": members,
        "writes_health": writes_health,
        "previous": queries.last_readings(db.session, [m.id for m in members]) if writes_health else {},
        "judgements": as_hints(queries.judgements_in_force(db.session, on)) if writes_health else None,
        "dues": list_dues(db.session, household, today=on),
        "proposals": _proposals(household, identity, now),
        "last_visits": queries.list_visits(db.session, household.id, limit=2),
        "reads_health": can(identity, Permission.READ_NURSING_NOTE, household),
    }


def _proposals(household: Household, identity: Identity, now: datetime) -> list[Any]:
    """What would be due next if everybody were seen today: the engine's proposal, one's own profession first."""
    on = clock.korean_date(now)
    purpose = Purpose.NURSING if identity.role is Role.NURSE else Purpose.WELFARE
    seen = Contact(on, ContactMode.FACE, purpose, frozenset(member.id for member in _present(household)))
    dues = compute_dues(db.session, [household.id], district_id=household.centre.district_id, today=on, also=seen)
    profession = _profession(identity)
    return sorted(in_order(dues.get(household.id, [])), key=lambda due: due.profession is not profession)


def _profession(identity: Identity) -> Profession:
    return Profession.NURSE if identity.role is Role.NURSE else Profession.WORKER


def _proposed_on(household: Household, identity: Identity, now: datetime) -> date | None:
    """The day the engine proposes to this person's profession."""
    own = (due.due_on for due in _proposals(household, identity, now) if due.profession is _profession(identity))
    return next(own, None)


def _present(household: Household) -> list[Any]:
    return [member for member in household.members if member.is_present]


def _writes_health(identity: Identity, household: Household) -> bool:
    return can(identity, Permission.WRITE_NURSING_NOTE, household)


def _companions(household: Household, identity: Identity) -> list[queries.Companion]:
    return queries.list_companions(db.session, identity, household.centre_id)


@blueprint.route("/visits/<uuid:visit_id>/correct", methods=["GET", "POST"])
@requires(Permission.CORRECT_VISIT, visit_from_url, records=Action.VIEW)
def correct_visit(visit: Visit) -> Any:
    """정정: the record as it stands, to be written anew with a reason."""
    identity, now = current_identity(), clock.now()
    household = household_from_url(db.session, identity, household_id=visit.household_id)
    if visit.state.value != "SUBMITTED":
        raise NotFound
    writes_health = _writes_health(identity, household)
    form = correction_form(tuple(member.id for member in household.members) if writes_health else ())(
        data=_as_typed(visit, with_health=writes_health)
    )
    form.offer(household.members, _companions(household, identity))
    if form.is_submitted() and form.reads() and _corrected(form, visit, identity, now):
        flash("정정했습니다. 고치기 전의 글도 남아 있습니다.", "ok")
        return redirect(url_for("visits.show_visit", visit_id=visit.id))
    overtaken = _settled(form, visit, with_health=writes_health) if isinstance(form.broken, StaleRecord) else ()
    page = _page(household, form, identity, now, None) | {"members": household.members, "visit": visit}
    return make_response(render_template("visits/correct.html", **page, overtaken=overtaken), form.status)


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
                    version=_opened_version(form),
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
    details, opened = form.to_details(visit.id, visit.household_id), _opened_version(form)
    overtaken = service.overtaken_in_visit(db.session, visit, details, opened=opened, with_health=with_health)
    form.settle(overtaken, _as_typed(visit, with_health=with_health))
    return overtaken


def _opened_version(form: Any) -> int:
    """The version the form was opened with; nonsense is version 0, which is never the newest."""
    text = form.version.data or ""
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _as_typed(visit: Visit, *, with_health: bool) -> dict[str, Any]:
    """A record as its correction form begins; without health for whoever does not write it."""
    texts = service.TEXTS if with_health else set(service.TEXTS) - service.HEALTH_TEXTS
    values: dict[str, Any] = {name: getattr(visit, name) for name in texts}
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
    }
    return values | (_vitals_as_typed(visit) if with_health else {})


def _vitals_as_typed(visit: Visit) -> dict[str, Any]:
    """The vitals, symptoms and actions of a record, as the parts of its correction form begin."""
    return typed_again([queries.as_reading(row) for row in visit.readings], visit.symptom_checks, visit.actions_taken)
