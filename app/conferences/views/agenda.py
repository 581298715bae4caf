"""Putting cases on an agenda: many from the conference's side, one from the case's."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, render_template, url_for

from app.access.permissions import Permission
from app.access.policy import can
from app.audit import service as audit
from app.audit.rules import Action
from app.cases.models import Case
from app.conferences import queries, service
from app.conferences.forms import AgendaForm, PutOnForm
from app.conferences.models import Conference
from app.conferences.rules import ConferenceKind, Matter, grouped
from app.conferences.views.blueprint import blueprint, case_from_url, conference_from_url
from app.core import clock
from app.extensions import db
from app.web.security import current_identity, requires


@blueprint.route("/conferences/<int:conference_id>/agenda", methods=["GET", "POST"])
@requires(Permission.HOLD_CONFERENCE, conference_from_url)
def choose_cases(conference: Conference) -> Any:
    """Choose cases for the agenda, those that wait for a conference first."""
    identity, now = current_identity(), clock.now()
    if conference.confirmed_at is not None:
        flash("확정한 회의록에는 안건을 더하지 않습니다.", "warn")
        return redirect(url_for("conferences.show", conference_id=conference.id))
    candidates = queries.list_candidates(db.session, identity, conference)
    form = AgendaForm()
    form.offer(candidates)
    if form.validate_on_submit() and form.carries_out(
        lambda: service.add_cases(db.session, conference, form.case_ids, actor=identity, now=now)
    ):
        flash(f"안건 {len(form.outcome)}건을 올렸습니다.", "ok")
        return redirect(url_for("conferences.show", conference_id=conference.id))
    page = render_template(
        "conferences/agenda.html", form=form, conference=conference, groups=grouped(candidates),
        ticked=form.cases.data or [], today=clock.korean_date(now), centre_shown=conference.kind is not ConferenceKind.INTERNAL,
    )  # fmt: skip
    shown = [each.household_id for each in candidates]
    audit.record_list(db.session, Action.LIST, shown, subject="conference-agenda", actor=identity, now=now)
    return make_response(page, form.status)


@blueprint.route("/cases/<int:case_id>/conference", methods=["GET", "POST"])
@requires(Permission.WORK_CASE, case_from_url, records=Action.VIEW)
def put_on(case: Case) -> Any:
    """Put one case on the agenda of one of the conferences to come."""
    identity, now = current_identity(), clock.now()
    offered = _open_to(case)
    form = PutOnForm(data={"matter": queries.matter_of(db.session, case).value})
    form.offer(offered)
    if offered and form.validate_on_submit():
        chosen = next(each for each in offered if str(each.id) == form.conference.data)
        matters = {case.id: Matter(form.matter.data)}
        if form.carries_out(
            lambda: service.add_cases(db.session, chosen, [case.id], matters=matters, actor=identity, now=now)
        ):
            flash("안건으로 올렸습니다.", "ok")
            return redirect(url_for("conferences.show", conference_id=chosen.id))
    page = render_template("conferences/put_on.html", form=form, case=case, household=case.household, offered=offered)
    return make_response(page, form.status)


def _open_to(case: Case) -> list[Conference]:
    """Unconfirmed conferences that this person holds, that are about this case's centre and do not have it yet."""
    identity = current_identity()
    return [
        each
        for each in queries.list_open(db.session, identity)
        if can(identity, Permission.HOLD_CONFERENCE, each)
        and (each.kind is not ConferenceKind.INTERNAL or each.centre_id == case.household.centre_id)
        and case.id not in {item.case_id for item in each.agenda}
    ]
