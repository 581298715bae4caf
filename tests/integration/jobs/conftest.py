"""Processes of the product on a database that several may share, each with a clock of its own to turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from app.accounts.models import SignInFailure
from app.config import Settings
from app.extensions import db
from app.factory import create_app
from app.jobs.models import JobRun
from app.jobs.queries import list_runs
from app.jobs.rules import CatchUp
from app.scheduler import Job, Ticker
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.databases import Database
from tests.moments import NOW


class Clock:
    """A wall clock that stands where it is put."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at

    def turn(self, **by: float) -> None:
        """Forward, or back."""
        self.at += timedelta(**by)


class House:
    """One database, and the processes that tick on it."""

    def __init__(self, database: Database, instance: Path) -> None:
        self.database, self.clock = database, Clock()
        self.settings = Settings(instance, database.url, "a secret of the tests and of nothing else")
        self._apps: list[Flask] = []
        self._tickers: list[Ticker] = []

    def app(self) -> Flask:
        """The application of one more process."""
        self._apps.append(create_app(self.settings))
        return self._apps[-1]

    def ticker(self, *jobs: Job) -> Ticker:
        """One more process with this timetable; it ticks when the test says so."""
        self._tickers.append(Ticker(self.app(), jobs, now=self.clock))
        return self._tickers[-1]

    def tick(self, ticker: Ticker, **turn: float) -> None:
        """Turn the clock, look once, and let everything begun come to its end."""
        self.clock.turn(**turn)
        ticker.tick()
        ticker.wait()

    def runs(self, job: str = "a-job") -> list[JobRun]:
        """Every run of a job, the oldest first."""
        with Session(self.database.engine) as session:
            return list(reversed(list_runs(session, job, limit=100)))

    def traces(self) -> list[str]:
        """What the work of `leaves_a_trace` left, in the order it was left."""
        with Session(self.database.engine) as session:
            return list(session.scalars(select(SignInFailure.address).order_by(SignInFailure.id)))

    def close(self) -> None:
        """End every process."""
        for ticker in self._tickers:
            ticker.stop(patience=5)
        for app in self._apps:
            with app.app_context():
                db.engine.dispose()


@pytest.fixture
def house(fresh_database: Database, tmp_path: Path) -> Iterator[House]:
    """The test's own house."""
    opened = House(fresh_database, tmp_path)
    yield opened
    opened.close()


def leaves_a_trace(session: Session, at: datetime) -> int:
    """Work whose traces can be counted."""
    session.add(SignInFailure(login_hash="a trace", address=f"{at:%d %H:%M:%S}", at=at))
    return 1


class Slow:
    """Work that goes on until the test lets it end."""

    def __init__(self) -> None:
        self.began, self.may_end = Event(), Event()

    def __call__(self, session: Session, at: datetime) -> int:
        self.began.set()
        assert self.may_end.wait(20)
        return leaves_a_trace(session, at)


def job(
    cron: str = "0 * * * *", work: Callable[[Session, datetime], int] = leaves_a_trace, *, name: str = "a-job",
    catches_up: CatchUp = CatchUp.NEWEST,
) -> Job:  # fmt: skip
    """A line for a timetable."""
    return Job(name, "일", cron, work, "일합니다.", "늦습니다.", catches_up)
