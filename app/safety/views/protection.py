"""보호 조치: restricted tasks, for those whom they name and nobody else."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for

from app.access.identity import Identity
from app.access.permissions import Permission, Role
from app.access.policy import can
from app.accounts.models import Account
from app.accounts.queries import list_colleagues
from app.audit import service as audit
from app.audit.rules import Action
from app.core import clock
from app.core.clock import korean_time
from app.extensions import db
from app.households.models import Household
from app.safety import queries, service
from app.safety.forms import NamingForm, ProtectionForm, ReportForm
from app.safety.models import ProtectionTask
from app.safety.rules import is_late, open_for
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
    overtaken = form.broken is not None and form.broken.code == "CHANGED"
    if overtaken:
        form.version.data = str(task.version)
    page = render_template(
        "safety/show_protection.html", task=task, form=form, overtaken=overtaken, **_standing(task, now)
    )
    return make_response(page, form.status)


def _standing(task: ProtectionTask, now: datetime) -> dict[str, Any]:
    """How a task stands: how long open, who sees it, whom to call."""
    return {
        "open_for": open_for(task.opened_at, task.closed_at or now),
        "is_late": is_late(reported_at=task.reported_at, closed_at=task.closed_at, due_at=task.due_at, now=now),
        "named": queries.list_named(db.session, task),
        "names": task.closed_at is None and can(current_identity(), Permission.ASSIGN),
        "hotlines": queries.list_hotlines(db.session, task.kind, on=clock.korean_date(now)),
    }


@blueprint.app_template_filter("open_for")
def open_for_words(opened_at: datetime, now: datetime) -> str:
    """«3시간»."""
    return open_for(opened_at, now)


@blueprint.route("/protection/<int:task_id>/staff", methods=["GET", "POST"])
@requires(Permission.ASSIGN, task_from_url, records=Action.VIEW)
def name_staff(task: ProtectionTask) -> Any:
    """Who may see a task, besides the supervisors of its centre: one of those decides."""
    identity, now = current_identity(), clock.now()
    if task.closed_at is not None:
        return redirect(url_for("safety.show_protection", task_id=task.id))
    form = NamingForm(data={"version": str(task.version), "opened_at": now.isoformat(), "staff_ids": task.staff_ids})
    form.offer(_nameable(task), task.staff_ids)
    if form.validate_on_submit() and form.carries_out(lambda: _name(task, form, identity, now)):
        flash("볼 수 있는 사람을 바꾸었습니다.", "ok")
        return redirect(url_for("safety.show_protection", task_id=task.id))
    if form.broken is not None:
        form.open_again(task.version, now)
        form.staff_ids.data = task.staff_ids
    return make_response(render_template("safety/name_staff.html", task=task, form=form), form.status)


def _nameable(task: ProtectionTask) -> list[Account]:
    """The centre's people; its supervisors see the task without being named."""
    colleagues = list_colleagues(db.session, frozenset({task.centre_id}))
    return [each for each in colleagues if each.role is not Role.SUPERVISOR or each.id in task.staff_ids]


def _name(task: ProtectionTask, form: NamingForm, identity: Identity, now: datetime) -> None:
    chosen = form.staff_ids.data or []
    service.name_staff(db.session, task, chosen, version=form.opened_version, actor=identity, now=now)


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
