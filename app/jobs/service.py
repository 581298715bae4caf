"""Run each period of each job exactly once, whoever runs it and whoever dies meanwhile.

A run is a row before it is work. Whoever takes it up raises its number, `claim`; from then on nothing that still
works under an older number can be committed. The service commits by itself, which no other service does: a claim must
be known to everybody before the work begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, event, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.core.database import unit_of_work
from app.jobs.models import JobRun, Leader
from app.jobs.queries import find_open
from app.jobs.rules import MOST_CLAIMS, Cause

Work = Callable[[Session, datetime], int]
Clock = Callable[[], datetime]


class ClaimLost(BaseException):
    """Somebody else has taken the run over; what was done here is undone.

    No Exception, so that work which goes on after the failure of one row does not go on after this.
    """


class TakenUpTooOften(Exception):
    """The run was taken up again and again and never came to an end. Only its name is used."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to finish one run, good until somebody raises the number."""

    run_id: int
    job: str
    number: int
    started_at: datetime


def claim_period(
    session: Session, job: str, scheduled_for: datetime, *, cause: Cause, owner: str, now: datetime
) -> Claim | None:
    """Be the one who runs this period; None when somebody was here before. Commits."""
    run = JobRun(job=job, scheduled_for=scheduled_for, cause=cause, owner=owner, claim=1, started_at=now)
    try:
        with unit_of_work(session):
            session.add(run)
            session.flush()
            return Claim(run.id, job, 1, now)
    except IntegrityError:
        return None


def take_up(session: Session, run: JobRun, *, owner: str, now: datetime) -> Claim | None:
    """Take up a run that waits, or one that its owner left unfinished; None when somebody was faster. Commits.

    A run taken up MOST_CLAIMS times is given up as failed instead.
    """
    seen, key, job = run.claim, run.id, run.job
    if seen >= MOST_CLAIMS:
        given_up = {"failed_at": now, "error": TakenUpTooOften.__name__}
        _alter(session, key, seen, claim=seen + 1, **given_up)
        return None
    taken = _alter(session, key, seen, claim=seen + 1, owner=owner, started_at=now)
    return Claim(key, job, seen + 1, now) if taken else None


def _alter(session: Session, run_id: int, number: int, **values: Any) -> bool:
    with unit_of_work(session):
        return _change(session, run_id, number, **values)


def _change(session: Session, run_id: int, number: int, **values: Any) -> bool:
    """Change an unfinished run that still has this number; False when it has not."""
    mine = update(JobRun).where(
        JobRun.id == run_id, JobRun.claim == number, JobRun.finished_at.is_(None), JobRun.failed_at.is_(None)
    )
    changed: Any = session.execute(mine.values(values), execution_options={"synchronize_session": False})
    return bool(changed.rowcount == 1)


def perform(session: Session, claim: Claim, work: Work, *, clock: Clock) -> int:
    """Do `work(session, now)` and finish the run in one transaction; returns the work's count. Commits.

    Work that commits steps of its own may do so: each of its commits asks first whether the claim still holds. A
    failure is remembered by the class of its error, because messages may hold names, and raised again.

    Raises:
        ClaimLost: another process has taken the run over; nothing of this transaction stays.
    """
    try:
        with _fenced(session, claim), unit_of_work(session):
            count = work(session, claim.started_at)
            if not _change(session, claim.run_id, claim.number, finished_at=clock(), count=count):
                raise ClaimLost
    except Exception as error:
        _alter(session, claim.run_id, claim.number, failed_at=clock(), error=type(error).__name__)
        raise
    return count


@contextmanager
def _fenced(session: Session, claim: Claim) -> Iterator[None]:
    """Let nothing of this session be committed once the claim is another's.

    The row stays locked until the commit is through, so that nobody can take the run over in between.
    """
    mine = select(JobRun.id).where(JobRun.id == claim.run_id, JobRun.claim == claim.number).with_for_update()

    def ask(_session: Session) -> None:
        if not session.in_nested_transaction() and session.execute(mine).first() is None:
            raise ClaimLost

    event.listen(session, "before_commit", ask)
    try:
        yield
    finally:
        event.remove(session, "before_commit", ask)


def ask_for(session: Session, job: str, *, asked_by_id: int | None, now: datetime) -> JobRun:
    """Put a run by hand in the queue of whoever leads; one that already waits or runs is given back instead."""
    found = find_open(session, job)
    if found is not None:
        return found
    this_second = now.replace(microsecond=0)
    asked = JobRun(job=job, scheduled_for=this_second, cause=Cause.BY_HAND, asked_by_id=asked_by_id)
    try:
        with session.begin_nested():
            session.add(asked)
    except IntegrityError:  # asked, or begun by the timetable, in this very second
        same = select(JobRun).where(JobRun.job == job, JobRun.scheduled_for == this_second)
        return session.scalars(same).one()
    return asked


def lead(session: Session, *, owner: str, since_at: datetime, now: datetime) -> None:
    """Say for everybody to read that this process leads, and was alive at `now`."""
    leader = session.get(Leader, 1)
    if leader is None:
        session.add(Leader(id=1, owner=owner, since_at=since_at, seen_at=now))
    else:
        leader.owner, leader.since_at, leader.seen_at = owner, since_at, now
    session.flush()


def lead_no_more(session: Session, *, owner: str) -> None:
    """Take the name down, unless another's stands there already."""
    session.execute(delete(Leader).where(Leader.owner == owner))


def forget_old_runs(session: Session, *, before: datetime, empty_before: datetime) -> int:
    """Drop runs of periods before a moment, and empty ones sooner, save the newest of each job. Returns how many."""
    newest = select(func.max(JobRun.id)).group_by(JobRun.job)
    is_empty = and_(JobRun.finished_at.is_not(None), JobRun.failed_at.is_(None), JobRun.count == 0)
    is_old = or_(JobRun.scheduled_for < before, and_(is_empty, JobRun.scheduled_for < empty_before))
    old = delete(JobRun).where(is_old, JobRun.id.not_in(newest))
    return int(session.execute(old, execution_options={"synchronize_session": False}).rowcount)  # type: ignore[attr-defined]
