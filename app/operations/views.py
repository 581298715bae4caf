"""자동 작업: what runs by itself, how it went, and «지금 실행». No client's record appears here."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for

from app.access.permissions import Permission
from app.core import clock
from app.core.errors import NotFound
from app.extensions import db
from app.operations import queries, service
from app.operations.forms import JobForm, RunsForm
from app.scheduler import TIMETABLE, Job, job_named, overview
from app.web.security import current_identity, requires

blueprint = Blueprint("operations", __name__)
RUNS_SHOWN = 30


@blueprint.get("/jobs")
@requires(Permission.SEE_JOBS)
def jobs() -> Any:
    """Every job: when, what for, how it went last, and who leads."""
    return render_template("operations/jobs.html", found=overview(db.session, TIMETABLE, now=clock.now()))


@blueprint.get("/jobs/runs")
@requires(Permission.SEE_JOBS)
def runs() -> Any:
    """The last runs of one job, or of all."""
    form = RunsForm()
    form.offer((job.name, job.title) for job in TIMETABLE)
    form.understood()
    lines = queries.list_run_lines(db.session, form.job.data or None, limit=RUNS_SHOWN)
    titles = {job.name: job.title for job in TIMETABLE}
    return render_template("operations/runs.html", form=form, lines=lines, titles=titles, most=RUNS_SHOWN)


@blueprint.post("/jobs/run")
@requires(Permission.RUN_JOBS)
def run_job() -> Any:
    """Hand a job to whoever leads; it begins within a second or so."""
    job, now = _named(JobForm().job.data), clock.now()
    service.run_job(db.session, job.name, actor=current_identity(), now=now)
    if overview(db.session, TIMETABLE, now=now).is_led:
        flash(f"«{job.title}» 작업을 시작합니다. 끝나면 결과가 아래에 나옵니다.", "ok")
    else:
        flash(f"«{job.title}» 작업은 자동 작업이 다시 시작되면 실행합니다.", "warning")
    return redirect(url_for("operations.jobs", _anchor=job.name))


def _named(name: str | None) -> Job:
    job = job_named(name or "")
    if job is None:
        raise NotFound
    return job
