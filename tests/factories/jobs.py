"""A period of a job, claimed and worked in one go."""

from __future__ import annotations

from datetime import datetime

from app.jobs.models import JobRun
from app.jobs.queries import list_runs
from app.jobs.rules import Cause
from app.jobs.service import Clock, Work, claim_period, perform
from sqlalchemy.orm import Session


def run_once(
    session: Session, job: str, work: Work, *, scheduled_for: datetime, cause: Cause = Cause.TIMETABLE, owner: str = "",
    now: datetime, clock: Clock | None = None,
) -> int | None:  # fmt: skip
    """Claim a period and do its work; returns its count, None when the period was begun already. Commits."""
    claim = claim_period(session, job, scheduled_for, cause=cause, owner=owner, now=now)
    return perform(session, claim, work, clock=clock or (lambda: now)) if claim else None


def last_run(session: Session, job: str) -> JobRun | None:
    """The newest run of a job, whatever began it and however it ended."""
    return next(iter(list_runs(session, job, limit=1)), None)
