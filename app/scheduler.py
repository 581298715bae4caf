"""The whole timetable as one table, and the tick that reads it. The database says what is due; this says when to look.

One leader at a time: a PostgreSQL advisory lock on a connection of its own, or a file lock beside a SQLite database.
Whoever leads, `jobs.service.run_once` claims each period first, so nothing happens twice.
"""

from __future__ import annotations

import fcntl
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from flask import Flask
from sqlalchemy import text

from app.accounts.jobs import forget_failures
from app.core import clock
from app.core.clock import KOREA
from app.extensions import db
from app.follow_ups.jobs import refresh_dues
from app.jobs.service import Work, run_once
from app.visits.jobs import forget_drafts

log = logging.getLogger("outreach.jobs")
ADVISORY_KEY = 7_206_153
LATE_BY_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Job:
    """One line of the timetable. `cron` is minute, hour, day, month, weekday in Asia/Seoul."""

    name: str
    cron: str
    work: Work
    does: str
    if_late: str


TIMETABLE = (
    Job(
        "refresh-dues",
        "10 0 * * *",
        refresh_dues,
        "날이 바뀌어 달라지는 기한을 새로 계산합니다.",
        "화면은 낡은 기한을 그 자리에서 다시 계산하므로 틀리지 않습니다.",
    ),
    Job(
        "forget-drafts",
        "40 3 * * *",
        forget_drafts,
        "30일 동안 손대지 않은 임시 저장을 지웁니다.",
        "다음 날 지웁니다.",
    ),
    Job(
        "forget-sign-in-failures",
        "50 3 * * *",
        forget_failures,
        "더는 세지 않는 로그인 실패를 지웁니다.",
        "다음 날 지웁니다.",
    ),
)


def job_named(name: str) -> Job | None:
    """The job of the timetable with this name."""
    return next((job for job in TIMETABLE if job.name == name), None)


def run_now(app: Flask, job: Job, *, scheduled_for: datetime | None = None) -> int | None:
    """Run one period of a job; None when that period was run already."""
    with app.app_context():
        now = clock.now()
        count = run_once(db.session, job.name, job.work, scheduled_for=scheduled_for or now, now=now)
    log.info("job", extra={"job": job.name, "count": count})
    return count


def start(app: Flask) -> BackgroundScheduler:
    """Begin to tick in the background of this process; every tick asks first whether this process leads."""
    scheduler = BackgroundScheduler(timezone=KOREA)
    for job in TIMETABLE:
        scheduler.add_job(
            _tick,
            CronTrigger.from_crontab(job.cron, timezone=KOREA),
            args=[app, job],
            id=job.name,
            coalesce=True,
            misfire_grace_time=LATE_BY_SECONDS,
        )
    scheduler.start()
    return scheduler


def _tick(app: Flask, job: Job) -> None:
    """One period: the minute it was due names it, so that two leaders name it alike."""
    scheduled_for = clock.now().replace(second=0, microsecond=0)
    with app.app_context(), leading(app.config["OUTREACH"].instance) as leads:
        if leads:
            run_now(app, job, scheduled_for=scheduled_for)


@contextmanager
def leading(instance: Path) -> Iterator[bool]:
    """Whether this process holds the leader's lock; released at the end."""
    hold = _advisory_lock if db.engine.dialect.name == "postgresql" else _file_lock
    with hold(instance) as leads:
        yield leads


@contextmanager
def _advisory_lock(_instance: Path) -> Iterator[bool]:
    with db.engine.connect() as connection:
        leads = bool(connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": ADVISORY_KEY}))
        try:
            yield leads
        finally:
            if leads:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": ADVISORY_KEY})


@contextmanager
def _file_lock(instance: Path) -> Iterator[bool]:
    with (instance / "scheduler.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
