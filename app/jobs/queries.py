"""Read what ran, what waits, and who leads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.jobs.models import JobRun, Leader
from app.jobs.rules import Cause


def list_open(session: Session) -> Sequence[JobRun]:
    """Runs that wait, run, or were left behind by a process that is gone; in the order they came."""
    unfinished = select(JobRun).where(JobRun.finished_at.is_(None), JobRun.failed_at.is_(None))
    return session.scalars(unfinished.order_by(JobRun.id)).all()


def find_open(session: Session, job: str) -> JobRun | None:
    """The run of a job that waits or goes on, None when there is none."""
    return next((run for run in list_open(session) if run.job == job), None)


def newest_period(session: Session, job: str, *, until: datetime) -> datetime | None:
    """The newest period of the timetable that was begun for a job; None when there was none.

    Periods after `until` do not count: a clock that once ran ahead must not silence a job for as long.
    """
    begun = select(func.max(JobRun.scheduled_for)).where(
        JobRun.job == job, JobRun.cause != Cause.BY_HAND, JobRun.scheduled_for <= until
    )
    return session.scalar(begun)


def list_last_runs(session: Session, *, until: datetime) -> dict[str, JobRun]:
    """The newest run of every job that ever ran, by the job's name."""
    newest = (
        select(JobRun.job, func.max(JobRun.scheduled_for).label("scheduled_for"))
        .where(JobRun.scheduled_for <= until)
        .group_by(JobRun.job)
        .subquery()
    )
    found = select(JobRun).join(newest, (JobRun.job == newest.c.job) & (JobRun.scheduled_for == newest.c.scheduled_for))
    return {run.job: run for run in session.scalars(found)}


def list_runs(session: Session, job: str | None = None, *, limit: int) -> Sequence[JobRun]:
    """The newest runs first, of one job or of all."""
    newest_first = select(JobRun).order_by(JobRun.scheduled_for.desc(), JobRun.id.desc()).limit(limit)
    return session.scalars(newest_first.where(JobRun.job == job) if job else newest_first).all()


def find_leader(session: Session) -> Leader | None:
    """Who leads or led last; whether that process is still there, `rules.is_led` says."""
    return session.scalars(select(Leader)).first()
