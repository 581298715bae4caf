"""Run a job's period exactly once and remember how it went."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.core.database import unit_of_work
from app.jobs.models import JobRun

Work = Callable[[Session, datetime], int]


def run_once(session: Session, job: str, work: Work, *, scheduled_for: datetime, now: datetime) -> int | None:
    """Do `work(session, now)` for this period, unless it was begun already; returns its count, None when skipped.

    The claim is committed before the work: a second leader meets it and leaves. A failure is remembered by the
    class of its error and raised again.
    """
    try:
        with unit_of_work(session):
            session.add(JobRun(job=job, scheduled_for=scheduled_for, started_at=now))
    except IntegrityError:
        return None
    try:
        with unit_of_work(session):
            count = work(session, now)
            _claimed(session, job, scheduled_for).count = count
            _claimed(session, job, scheduled_for).finished_at = now
    except Exception as error:
        with unit_of_work(session):
            _claimed(session, job, scheduled_for).error = type(error).__name__
        raise
    return count


def last_run(session: Session, job: str) -> JobRun | None:
    """The newest period of a job."""
    return session.scalars(
        select(JobRun).where(JobRun.job == job).order_by(JobRun.scheduled_for.desc()).limit(1)
    ).first()


def _claimed(session: Session, job: str, scheduled_for: datetime) -> JobRun:
    return session.scalars(select(JobRun).where(JobRun.job == job, JobRun.scheduled_for == scheduled_for)).one()
