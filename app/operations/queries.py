"""Read the history of runs as an administrator reads it: with the names of those who pressed the button."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.jobs.models import JobRun
from app.jobs.queries import list_runs


@dataclass(frozen=True, slots=True)
class RunLine:
    """One run, and who asked for it by hand."""

    run: JobRun
    asked_by: str
    """Name and role; empty when nobody did, or somebody at the server."""


def list_run_lines(session: Session, job: str | None, *, limit: int) -> list[RunLine]:
    """The newest runs first, of one job or of all."""
    runs = list_runs(session, job, limit=limit)
    wanted = select(Account).where(Account.id.in_({run.asked_by_id for run in runs if run.asked_by_id}))
    titles = {account.id: account.title for account in session.scalars(wanted)}
    return [RunLine(run, titles.get(run.asked_by_id or 0, "")) for run in runs]
