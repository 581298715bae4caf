"""안전사고: tell it from any page of a visit, make it whole later, look at the safety flags again."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import flash, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.accounts.queries import list_colleagues
from app.audit import service as audit
from app.audit.rules import Action
from app.core import clock
from app.core.database import new_id
from app.core.errors import NotFound, StaleRecord
from app.extensions import db
from app.households.models import Household
from app.safety import queries, service
from app.safety.forms import CompletionForm, IncidentForm
from app.safety.models import Incident
from app.safety.views.blueprint import blueprint, household_from_url
from app.web.security import current_identity, requires, safe_next

TOLD = "안전사고를 팀장에게 알렸습니다. 자세한 내용은 «안전사고»에서 나중에 보완해 주세요."


@blueprint.route("/incidents/new", methods=["GET", "POST"])
@requires(Permission.REPORT_INCIDENT)
def report_incident() -> Any:
    """Something happened somewhere else than at a household: on the way, at the counter, by telephone."""
    return _told(None)


@blueprint.route("/households/<int:household_id>/incidents/new", methods=["GET", "POST"])
@requires(Permission.REPORT_INCIDENT, household_from_url, records=Action.VIEW)
def report_incident_at(household: Household) -> Any:
    """Something happened at this household."""
    return _told(household)


def _told(household: Household | None) -> Any:
    identity, now = current_identity(), clock.now()
    colleagues = list_colleagues(db.session, identity.centre_ids)
    form = IncidentForm(data=_begun(identity, now))
    form.offer(colleagues, identity.account_id)
    if form.validate_on_submit() and form.carries_out(lambda: _report(form, household, identity, now)):
        flash(TOLD, "ok")
        shown = url_for("safety.show_incident", incident_id=form.outcome.id)
        return redirect(safe_next(form.next.data) or shown)
    first = next(iter(queries.list_duty_contacts(db.session, identity.centre_id or 0)), None)
    page = render_template(
        "safety/incident.html", form=form, household=household, first=first, back=safe_next(form.next.data)
    )
    return make_response(page, form.status)


def _begun(identity: Identity, now: datetime) -> dict[str, Any]:
    """Now, to oneself, unhurt, and back to where one came from."""
    local = clock.korean_time(now)
    return {
        "incident_id": str(new_id()), "next": safe_next(request.args.get("next")) or "",
        "account_id": identity.account_id, "hurt": "no", "on": local.date(),
        "at": local.time().replace(second=0, microsecond=0),
    }  # fmt: skip


def _report(form: IncidentForm, household: Household | None, identity: Identity, now: datetime) -> Incident:
    report = form.to_report(_as_id(form.incident_id.data))
    return service.report_incident(db.session, report, household, actor=identity, now=now)


def _as_id(text: str | None) -> UUID:
    """The id the page was drawn with; nonsense gets a new one."""
    try:
        return UUID(text or "")
    except ValueError:
        return new_id()


@blueprint.get("/incidents")
@requires(Permission.REPORT_INCIDENT)
def own_incidents() -> Any:
    """What happened to oneself: what is to be completed first."""
    identity = current_identity()
    incidents = queries.list_own_incidents(db.session, identity)
    page = render_template("safety/own_incidents.html", incidents=incidents)
    _record_list(incidents, identity)
    return page


def _record_list(incidents: Any, identity: Identity) -> None:
    """Whose households' lines were shown."""
    ids = sorted({each.household_id for each in incidents if each.household_id is not None})
    if ids:
        audit.record_list(db.session, Action.LIST, ids, subject="incidents", actor=identity, now=clock.now())


def incident_from_url(session: Session, identity: Identity, *, incident_id: UUID) -> Incident:
    """The incident of the URL, or 404 for whoever it is neither theirs nor to be seen by."""
    return queries.get_incident(session, identity, incident_id)


@blueprint.route("/incidents/<uuid:incident_id>", methods=["GET", "POST"])
@requires(Permission.SEE_DUES, incident_from_url, records=Action.VIEW)
def show_incident(incident: Incident) -> Any:
    """One incident; whoever may, writes down what happened and what was done."""
    identity, now = current_identity(), clock.now()
    keeps = queries.keeps(identity, incident)
    form = CompletionForm(data=_written(incident, now))
    if keeps and form.validate_on_submit() and form.carries_out(lambda: _complete(form, incident, identity, now)):
        flash(
            "보완을 마쳤습니다."
            if incident.completed_at
            else "저장했습니다. «있었던 일»과 «조치»를 적으면 보완이 끝납니다.",
            "ok",
        )
        return redirect(url_for("safety.show_incident", incident_id=incident.id))
    overtaken = isinstance(form.broken, StaleRecord)
    if overtaken:
        form.open_again(incident.version, now)
    page = render_template(
        "safety/show_incident.html", incident=incident, form=form, keeps=keeps, overtaken=overtaken,
        reviews=_reviews(identity, incident), sees_household=_sees_household(identity, incident),
    )  # fmt: skip
    return make_response(page, form.status)


def _complete(form: CompletionForm, incident: Incident, identity: Identity, now: datetime) -> None:
    service.complete_incident(
        db.session, incident, form.to_account(), version=form.opened_version, actor=identity, now=now
    )


def _written(incident: Incident, now: datetime) -> dict[str, Any]:
    local = clock.korean_time(incident.occurred_at)
    return {
        "version": str(incident.version), "opened_at": now.isoformat(), "kind": incident.kind.value,
        "hurt": "yes" if incident.is_hurt else "no", "called": incident.called, "on": local.date(),
        "at": local.time().replace(second=0, microsecond=0, tzinfo=None), "what": incident.what,
        "measures": incident.measures,
    }  # fmt: skip


def _sees_household(identity: Identity, incident: Incident) -> bool:
    """Whether the way to the household leads somewhere: one's own incident may lie in a centre one has left."""
    return incident.household is not None and can(identity, Permission.VIEW_HOUSEHOLD, incident.household)


def _reviews(identity: Identity, incident: Incident) -> bool:
    """Whether this person is to look at the household's safety flags because of it."""
    waits = incident.household_id is not None and incident.flags_reviewed_at is None
    return waits and can(identity, Permission.ALLOW_ALONE, incident)


@blueprint.post("/incidents/<uuid:incident_id>/flags-reviewed")
@requires(Permission.ALLOW_ALONE, incident_from_url)
def review_flags(incident: Incident) -> Any:
    """The supervisor, who decides about going alone, looked at the flags and changed or kept them."""
    if incident.household_id is None:
        raise NotFound
    service.review_flags(db.session, incident, actor=current_identity(), now=clock.now())
    flash("안전 표시를 다시 본 것으로 적었습니다.", "ok")
    return redirect(safe_next(request.form.get("next")) or url_for("safety.show_incident", incident_id=incident.id))
