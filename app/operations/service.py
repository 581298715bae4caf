"""Start a job by hand."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.accounts.models import Account
from app.audit import service as audit
from app.audit.rules import Action
from app.jobs.models import JobRun
from app.jobs.service import ask_for


def run_job(session: Session, job: str, *, actor: Identity, now: datetime) -> JobRun:
    """Put a run of a job in the leader's queue; pressed twice it is one run. The access log says who pressed."""
    mine = select(Account.id).where(Account.id == actor.account_id).with_for_update()
    session.execute(mine)  # the second of two clicks waits for the first
    asked = ask_for(session, job, asked_by_id=actor.account_id, now=now)
    audit.record(session, Action.RUN_JOB, subject=f"job:{job}", row_count=0, actor=actor, now=now)
    return asked
