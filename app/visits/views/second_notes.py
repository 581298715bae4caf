"""공동방문: one's own note beside a colleague's record, its correction, and what stands between."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.audit.rules import Action
from app.care.forms import care_section, typed_care
from app.care.queries import get_care, offer_care
from app.core import clock
from app.core.errors import NotAllowed, NotFound, StaleRecord
from app.extensions import db
from app.follow_ups.rules import Profession
from app.households.service import Overtaken
from app.visits import queries, service
from app.visits.forms import SecondNoteForm, second_correction_form, second_form, typed_again
from app.visits.models import Visit
from app.visits.queries.second_notes import is_open_for, second_profession
from app.visits.rules import VisitDetails
from app.visits.views.blueprint import blueprint, visit_from_url
from app.visits.views.drafts import draft_values, typed_values
from app.visits.views.entering import filled_names, page_of, present, proposed_day, writes_health
from app.visits.views.setting_out import leave
from app.web.security import current_identity, requires


@blueprint.route("/visits/<uuid:visit_id>/second", methods=["GET", "POST"])
@requires(Permission.WRITE_SECOND_NOTE, visit_from_url, records=Action.VIEW)
def write_second_note(visit: Visit) -> Any:
    """One's own part of the record of a visit one went along on; a draft of it is taken up where it was left."""
    identity, now = current_identity(), clock.now()
    if request.method == "GET" and not is_open_for(visit, identity.role):
        return _no_room(visit, identity)
    draft = queries.find_draft(db.session, identity, draft_id_of(visit, identity)) if request.method == "GET" else None
    form, standing = _form(visit, identity, now, draft), service.facts_of(visit)
    if form.is_submitted() and form.reads_for(standing) and _added(form, visit, standing, identity, now):
        leave(visit.household, form, identity, now)
        flash("내 기록을 더했습니다. 두 사람의 기록이 한 방문으로 남았습니다.", "ok")
        return redirect(url_for("visits.show_visit", visit_id=visit.id))
    overtaken = _settled(form, visit) if isinstance(form.broken, StaleRecord) else ()
    page = page_of(visit.household, form, identity, now, draft)
    return make_response(render_template("visits/second.html", visit=visit, overtaken=overtaken, **page), form.status)


def draft_id_of(visit: Visit, identity: Identity) -> UUID:
    """One draft for each record and person: it is found again from the record."""
    return uuid5(visit.id, f"second:{identity.account_id}")


def _no_room(visit: Visit, identity: Identity) -> Response:
    """The record has a second note already, or needs none: it says so itself; a draft that was left over goes."""
    left_over = queries.find_draft(db.session, identity, draft_id_of(visit, identity))
    if left_over is not None and visit.second_by_id == identity.account_id:
        service.discard_draft(db.session, left_over)
    flash("이 방문 기록에는 더 적을 것이 없습니다.", "info")
    return redirect(url_for("visits.show_visit", visit_id=visit.id))


def _form(visit: Visit, identity: Identity, now: datetime, draft: Any) -> SecondNoteForm:
    members = present(visit.household)
    with_health = writes_health(identity, visit.household)
    care = offer_care(db.session, identity, visit.household, members=members, sent=filled_names(draft))
    kind = second_form(tuple(member.id for member in members) if with_health else (), care_section(care))
    defaults = {
        "visit_id": str(draft_id_of(visit, identity)),
        "typed_at": (draft.started_at if draft else now).isoformat(),
        "version": str(visit.version),
        "members_seen": [each.member_id for each in visit.attendances],
    }
    form = kind(draft_values(draft), data=defaults) if draft else kind(data=defaults)
    if draft:
        form.version.data = str(visit.version)
    form.offer(members)
    form.offer_care(care)
    return form


def _added(form: SecondNoteForm, visit: Visit, standing: VisitDetails, identity: Identity, now: datetime) -> bool:
    _draft_id, typed_at = typed_values(form, now)
    details = form.to_part(standing)
    try:
        return form.carries_out(
            lambda: service.add_second_note(
                db.session,
                visit,
                details,
                version=form.opened_version,
                confirmed=request.form.getlist("confirmed"),
                proposed_on=proposed_day(visit.household, identity, now) if details.promised_on else None,
                draft_id=draft_id_of(visit, identity),
                typed_at=typed_at,
                actor=identity,
                now=now,
            )
        )
    finally:
        form.show_all(getattr(form.broken, "problems", ()))


def _settled(form: Any, visit: Visit) -> list[Overtaken]:
    """What somebody else changed while this form was open; the form keeps what was typed and stands on the new version."""
    db.session.refresh(visit)
    opened, form.version.data = form.opened_version, str(visit.version)
    reads = can(current_identity(), Permission.READ_NURSING_NOTE, visit)
    return service.overtaken_in_visit(db.session, visit, service.facts_of(visit), opened=opened, with_health=reads)


@blueprint.route("/visits/<uuid:visit_id>/second/correct", methods=["GET", "POST"])
@requires(Permission.CORRECT_VISIT, visit_from_url, records=Action.VIEW)
def correct_second_note(visit: Visit) -> Any:
    """정정 of the second note, by whoever wrote it or a supervisor."""
    identity, now = current_identity(), clock.now()
    if visit.second_by_id is None or visit.voided_at is not None:
        raise NotFound
    if visit.by_id == identity.account_id:
        raise NotAllowed
    form, standing = _correction(visit, identity), service.facts_of(visit)
    if form.is_submitted() and form.reads_for(standing) and _corrected(form, visit, standing, identity, now):
        flash("정정했습니다. 고치기 전의 글도 남아 있습니다.", "ok")
        return redirect(url_for("visits.show_visit", visit_id=visit.id))
    overtaken = _settled(form, visit) if isinstance(form.broken, StaleRecord) else ()
    page = page_of(visit.household, form, identity, now, None) | {"members": visit.household.members}
    html = render_template("visits/second_correct.html", visit=visit, overtaken=overtaken, **page)
    return make_response(html, form.status)


def _correction(visit: Visit, identity: Identity) -> Any:
    with_health = writes_health(identity, visit.household) and second_profession(visit) is Profession.NURSE
    texts = service.second_texts(visit)
    if not with_health:
        del texts["nursing_note"]
    household, kept = visit.household, get_care(db.session, visit.id, author_id=visit.second_by_id or 0)
    care = offer_care(db.session, identity, household, members=household.members, sent=filled_names(), kept=kept)
    data: dict[str, Any] = {
        **texts, "visit_id": str(visit.id), "version": str(visit.version), "care": typed_care(kept),
    }  # fmt: skip
    if with_health:
        data |= typed_again(
            [queries.as_reading(row) for row in visit.readings], visit.symptom_checks, visit.actions_taken,
            began_at=visit.began_at,
        )  # fmt: skip
    members = tuple(member.id for member in visit.household.members) if with_health else ()
    form = second_correction_form(members, care_section(care))(data=data)
    form.offer_care(care)
    return form


def _corrected(form: Any, visit: Visit, standing: VisitDetails, identity: Identity, now: datetime) -> bool:
    try:
        return bool(
            form.carries_out(
                lambda: service.correct_second_note(
                    db.session,
                    visit,
                    form.to_part(standing),
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
