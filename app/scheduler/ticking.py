"""The tick: once a second ask for the lead, and as long as it is ours begin what is due.

Time is waited for on the monotonic clock; what is due is read off the wall clock and the database. A clock that jumps
therefore stops nothing, and repeats nothing: each period is a unique row.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from secrets import token_hex

from flask import Flask
from sqlalchemy.orm import Session

from app.core import clock
from app.core.database import unit_of_work
from app.core.locks import Lock, lock_for
from app.extensions import db
from app.jobs import queries, service
from app.jobs.models import JobRun
from app.jobs.rules import choose_period
from app.jobs.service import Claim, ClaimLost
from app.scheduler import timetable as table
from app.scheduler.timetable import Job

log = logging.getLogger("outreach.jobs")
TICK_SECONDS = 1.0
BEAT = timedelta(seconds=5)
"""How often the leader says that it is alive: seldom enough for a disk that must keep each word."""
SLOTS = 2
"""Jobs at work at once: a long one does not hold up the rest, and SQLite is not crowded."""
PATIENCE_SECONDS = 8.0
"""How long a stop waits for the jobs at work; what is cut off then is taken up by the next leader."""


def start(app: Flask, timetable: Sequence[Job] | None = None) -> Ticker:
    """Begin to tick in the background of this process, by the timetable of the product unless another is given."""
    ticker = Ticker(app, table.TIMETABLE if timetable is None else timetable)
    ticker.start()
    return ticker


class Ticker:
    """This process's part in the timetable: it leads, or waits to."""

    def __init__(
        self, app: Flask, timetable: Sequence[Job], *, by_hand_only: bool = False,
        now: Callable[[], datetime] = clock.now,
    ) -> None:  # fmt: skip
        """`by_hand_only` runs what was asked for or left behind, and no period of the timetable."""
        self.owner = f"{socket.gethostname()}:{os.getpid()}:{token_hex(3)}"
        self._app, self._now = app, now
        self._jobs = {job.name: job for job in timetable}
        self._by_hand_only = by_hand_only
        self._born = now() - timedelta(seconds=TICK_SECONDS)
        self._lock: Lock = lock_for(app.config["OUTREACH"].database_url)
        self._since: datetime | None = None
        self._beaten_at: datetime | None = None
        self._begun: dict[str, datetime] = {}
        self._at_work: dict[str, threading.Thread] = {}
        self._complaint = ""
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._tick_on, name="timetable", daemon=True)

    @property
    def leads(self) -> bool:
        """Whether this process led at its last tick."""
        return self._since is not None

    def start(self) -> None:
        """Tick until `stop`."""
        self._thread.start()

    def stop(self, *, patience: float = PATIENCE_SECONDS) -> None:
        """Begin nothing more, let the jobs at work finish for so many seconds, and make way for the next leader."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(patience)
        self.wait(patience)
        if self.leads:
            self._quietly(self._take_name_down)
        self._step_down()
        self._lock.release()

    def wait(self, patience: float = PATIENCE_SECONDS) -> None:
        """Until no job is at work, or for so many seconds."""
        until = time.monotonic() + patience
        for thread in list(self._at_work.values()):
            thread.join(max(0.0, until - time.monotonic()))

    def tick(self) -> None:
        """Look once: for the lead, for what was asked for or left behind, for what is due."""
        if not self._lock.hold():
            self._step_down()
            return
        with self._app.app_context():
            self._lead()
            self._at_work = {name: thread for name, thread in self._at_work.items() if thread.is_alive()}
            self._take_up_open_runs()
            for job in () if self._by_hand_only else self._jobs.values():
                self._begin_period(job)

    def _tick_on(self) -> None:
        while not self._over.is_set():
            began = time.monotonic()
            self._quietly(self.tick)
            self._over.wait(max(0.0, TICK_SECONDS - (time.monotonic() - began)))

    def _quietly(self, act: Callable[[], None]) -> None:
        """Do it; what goes wrong is logged once by its kind, and tried again with the next tick."""
        try:
            act()
            self._complaint = ""
        except Exception as error:
            if self._complaint != type(error).__name__:
                log.exception("the timetable stumbled")
            self._complaint = type(error).__name__

    def _lead(self) -> None:
        now = self._now()
        if self._since is None:
            log.info("this process leads the timetable")
            self._since, self._beaten_at, self._begun = now, None, {}
        if self._beaten_at is None or abs(now - self._beaten_at) >= BEAT:
            with unit_of_work(db.session):
                service.lead(db.session, owner=self.owner, since_at=self._since, now=now)
            self._beaten_at = now

    def _step_down(self) -> None:
        if self._since is not None:
            log.info("this process leads no more")
        self._since = None

    def _take_name_down(self) -> None:
        with self._app.app_context(), unit_of_work(db.session):
            service.lead_no_more(db.session, owner=self.owner)

    def _take_up_open_runs(self) -> None:
        """Runs by hand, and runs whose process is gone: whoever leads knows which are at work here."""
        with _reading() as session:
            runs = queries.list_open(session)
        for run in runs:
            job = self._jobs.get(run.job)
            if job is not None and self._has_room_for(job):
                self._take_up(job, run)

    def _take_up(self, job: Job, run: JobRun) -> None:
        claim = service.take_up(db.session, run, owner=self.owner, now=self._now())
        if claim is not None:
            self._work_on(job, claim)

    def _begin_period(self, job: Job) -> None:
        if not self._has_room_for(job):
            return
        now = self._now()
        periods = job.periods(after=self._last_begun(job, now), until=now)
        chosen = choose_period(periods, catches_up=job.catches_up, now=now)
        if chosen is None:
            return
        claim = service.claim_period(
            db.session, job.name, chosen.scheduled_for, cause=chosen.cause, owner=self.owner, now=now
        )
        self._begun[job.name] = chosen.scheduled_for
        if claim is not None:
            self._work_on(job, claim)

    def _last_begun(self, job: Job, now: datetime) -> datetime:
        """The newest period anybody began; of a job that nobody ever ran, nothing before this process came is missed."""
        known = self._begun.get(job.name)
        if known is None or known > now:
            with _reading() as session:
                known = queries.newest_period(session, job.name, until=now) or self._born
            self._begun[job.name] = known
        return known

    def _has_room_for(self, job: Job) -> bool:
        """Whether neither this job nor another that does the same work is at work, and a slot is free."""
        busy = [self._jobs[name].work for name in self._at_work]
        return len(busy) < SLOTS and job.work not in busy

    def _work_on(self, job: Job, claim: Claim) -> None:
        thread = threading.Thread(target=self._perform, args=(job, claim), name=f"job {job.name}", daemon=True)
        self._at_work[job.name] = thread
        thread.start()

    def _perform(self, job: Job, claim: Claim) -> None:
        try:
            with self._app.app_context():
                count = service.perform(db.session, claim, job.work, clock=self._now)
            log.info("job", extra={"job": job.name, "count": count})
        except ClaimLost:
            log.warning("another process has taken this job over", extra={"job": job.name})
        except Exception:
            log.exception("job failed", extra={"job": job.name})


@contextmanager
def _reading() -> Iterator[Session]:
    """A look that takes no write lock, which every other transaction takes with SQLite."""
    with db.engine.connect().execution_options(read_only=True) as connection, Session(connection) as session:
        yield session


def run_by_hand(app: Flask, job: Job, *, now: Callable[[], datetime] = clock.now) -> JobRun:
    """Run a job now and return how it ended: by whoever leads, or by this process when nobody does."""
    with app.app_context(), unit_of_work(db.session):
        asked = service.ask_for(db.session, job.name, asked_by_id=None, now=now())
        key = asked.id
    ticker = Ticker(app, [job], by_hand_only=True, now=now)
    ticker.start()
    try:
        return _ended(app, key)
    finally:
        ticker.stop()


def _ended(app: Flask, run_id: int) -> JobRun:
    while True:
        with app.app_context(), _reading() as session:
            run = session.get_one(JobRun, run_id)
            if not run.is_open:
                return run
        time.sleep(0.1)
