"""보호 조치: restricted tasks, for those whom they name and nobody else."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for

from app.access.permissions import Permission
from app.audit import service as audit
from app.audit.rules import Action
from app.core import clock
from app.core.clock import korean_time
from app.extensions import db
from app.households.models import Household
from app.safety import queries, service
from app.safety.forms import ProtectionForm, ReportForm
from app.safety.models import ProtectionTask
from app.safety.views.blueprint import blueprint, household_from_url, task_from_url
from app.web.security import current_identity, requires


@blueprint.route("/households/<int:household_id>/protection/new", methods=["GET", "POST"])
@requires(Permission.OPEN_PROTECTION, household_from_url, records=Action.VIEW)
def open_protection(household: Household) -> Any:
    """Something must be dealt with at once."""
    form = ProtectionForm(data={"member_id": ""})
    form.offer([member for member in household.members if member.is_present])
    if form.validate_on_submit() and form.carries_out(
        lambda: service.open_protection(
            db.session, household, form.to_details(), actor=current_identity(), now=clock.now()
        )
    ):
        flash("보호 조치를 열고 팀장에게 바로 알렸습니다. 아래 번호로 먼저 연락하세요.", "warn")
        return redirect(url_for("safety.show_protection", task_id=form.outcome.id))
    page = render_template("safety/open_protection.html", household=household, form=form)
    return make_response(page, form.status)


@blueprint.get("/protection")
@requires(Permission.SEE_DUES)
def list_protection() -> Any:
    """The restricted tasks that name oneself, or of one's centre."""
    identity, now = current_identity(), clock.now()
    tasks = queries.list_protection(db.session, identity)
    page = render_template("safety/protection.html", tasks=tasks, now=now)
    ids = sorted({task.household_id for task in tasks})
    if ids:
        audit.record_list(db.session, Action.LIST, ids, subject="protection", actor=identity, now=now)
    return page


@blueprint.route("/protection/<int:task_id>", methods=["GET", "POST"])
@requires(Permission.SEE_PROTECTION, task_from_url, records=Action.VIEW)
def show_protection(task: ProtectionTask) -> Any:
    """What is to be done, whom to call, and what was done."""
    now = clock.now()
    form = ReportForm(data=_written(task))
    if form.validate_on_submit() and form.carries_out(lambda: _keep(task, form)):
        flash("보호 조치를 마쳤습니다." if task.closed_at else "적은 것을 저장했습니다.", "ok")
        return redirect(url_for("safety.show_protection", task_id=task.id))
    if form.broken is not None and form.broken.code == "CHANGED":
        form.version.data = str(task.version)
    hotlines = queries.list_hotlines(db.session, task.kind, on=clock.korean_date(now))
    page = render_template("safety/show_protection.html", task=task, form=form, hotlines=hotlines, now=now)
    return make_response(page, form.status)


def _keep(task: ProtectionTask, form: ReportForm) -> None:
    identity, now, version = current_identity(), clock.now(), form.opened_version
    service.keep_report(db.session, task, form.to_details(), version=version, actor=identity, now=now)
    if request.form.get("close"):
        service.close_protection(db.session, task, version=task.version, actor=identity, now=now)


def _written(task: ProtectionTask) -> dict[str, Any]:
    at = korean_time(task.reported_at) if task.reported_at else None
    return {
        "version": str(task.version), "reported_to": task.reported_to, "reported_on": at.date() if at else None,
        "reported_at": at.time().replace(second=0, microsecond=0, tzinfo=None) if at else None,
        "receipt_number": task.receipt_number, "reporter": task.reporter, "outcome": task.outcome,
    }  # fmt: skip
