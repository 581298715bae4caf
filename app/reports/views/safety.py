"""Papers about the safety of the staff and about restricted tasks."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import make_response, render_template, request
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.accounts.models import Centre
from app.accounts.queries import list_centres
from app.audit.rules import Action
from app.core import clock
from app.core.errors import NotFound
from app.extensions import db
from app.reports import service
from app.reports.forms import IncidentReportForm, PrintForm, PurposeForm
from app.reports.rules import Masking, Purpose, ReportCode
from app.reports.views.blueprint import asked_medium, blueprint, drawn, limit_masking
from app.safety.models import ProtectionTask
from app.safety.queries import get_protection
from app.web.security import current_identity, requires


@blueprint.route("/reports/incidents", methods=["GET", "POST"])
@requires(Permission.SEE_INCIDENTS)
def choose_incident_report() -> Any:
    """방문인력 안전사고 현황: counts by kind and month, of one centre or of all of the 시군구."""
    identity, now = current_identity(), clock.now()
    centres = list_centres(db.session, identity)
    form = IncidentReportForm(data=_begun(clock.korean_date(now)))
    form.offer(centres)
    if form.validate_on_submit():
        wanted = service.PrintRequest(
            ReportCode.INCIDENTS, Masking.STATISTICS, Purpose(form.purpose.data), asked_medium(),
            centres=_chosen(form, centres), first_on=form.first_on.data, last_on=form.last_on.data,
        )  # fmt: skip
        if form.carries_out(lambda: service.print_report(db.session, wanted, actor=identity, now=now)):
            return drawn(*form.outcome)
    return make_response(
        render_template("reports/choose_incident_report.html", form=form, centres=centres), form.status
    )


def _begun(today: date) -> dict[str, Any]:
    """This year so far, or the year and centre that the counting page was showing."""
    year = request.args.get("year", today.year, type=int)
    year = year if 2000 <= year < today.year else today.year
    return {
        "first_on": date(year, 1, 1), "last_on": min(date(year, 12, 31), today),
        "centre_id": request.args.get("centre_id", 0, type=int),
    }  # fmt: skip


def _chosen(form: IncidentReportForm, centres: Any) -> tuple[Centre, ...]:
    return tuple(centre for centre in centres if form.centre_id.data in (0, centre.id))


@blueprint.route("/reports/phone-tree", methods=["GET", "POST"])
@requires(Permission.PRINT_REPORT)
def choose_phone_tree() -> Any:
    """The centre's phone tree on one sheet."""
    identity = current_identity()
    centres = list_centres(db.session, identity)
    asked = request.args.get("centre_id", identity.centre_id, type=int)
    centre = next((each for each in centres if each.id == asked), centres[0] if centres else None)
    if centre is None:
        raise NotFound
    form = PurposeForm(data={"purpose": Purpose.DUTY.value})
    masking = Masking.FULL if can(identity, Permission.PRINT_UNMASKED) else Masking.AGENCY
    if form.validate_on_submit():
        wanted = service.PrintRequest(ReportCode.PHONE_TREE, masking, Purpose(form.purpose.data), centres=(centre,))
        if form.carries_out(lambda: service.print_report(db.session, wanted, actor=identity, now=clock.now())):
            return drawn(*form.outcome)
    return make_response(render_template("reports/choose_phone_tree.html", form=form, centre=centre), form.status)


def task_from_url(session: Session, identity: Identity, *, task_id: int) -> ProtectionTask:
    """The restricted task of the URL, or 404 for whoever it does not name."""
    return get_protection(session, identity, task_id)


@blueprint.route("/protection/<int:task_id>/report", methods=["GET", "POST"])
@requires(Permission.SEE_PROTECTION, task_from_url, records=Action.VIEW)
def choose_protection_report(task: ProtectionTask) -> Any:
    """신고 기록: the only paper on which whoever reported it may stand, and only where nothing is masked."""
    identity = current_identity()
    form = PrintForm(data={"masking": Masking.FULL.value})
    limit_masking(form, identity)
    form.without_statistics()
    if form.validate_on_submit():
        wanted = service.PrintRequest(
            ReportCode.PROTECTION, Masking(form.masking.data), Purpose(form.purpose.data), task=task
        )
        if form.carries_out(lambda: service.print_report(db.session, wanted, actor=identity, now=clock.now())):
            return drawn(*form.outcome)
    return make_response(render_template("reports/choose_protection_report.html", form=form, task=task), form.status)
