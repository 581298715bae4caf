"""Every period of every job happens once, whoever leads."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from app.jobs.service import last_run, run_once
from app.scheduler import TIMETABLE
from apscheduler.triggers.cron import CronTrigger
from sqlalchemy.orm import Session


def test_a_period_is_done_once_and_remembered(session: Session, now: datetime) -> None:
    calls: list[datetime] = []

    def work(_session: Session, at: datetime) -> int:
        calls.append(at)
        return 7

    assert run_once(session, "tidy", work, scheduled_for=now, now=now) == 7
    assert run_once(session, "tidy", work, scheduled_for=now, now=now) is None
    assert calls == [now]
    run = last_run(session, "tidy")
    assert run is not None
    assert (run.count, run.finished_at, run.error) == (7, now, "")


def test_the_next_period_is_another_one(session: Session, now: datetime) -> None:
    later = now + timedelta(days=1)
    assert run_once(session, "tidy", lambda *_: 1, scheduled_for=now, now=now) == 1
    assert run_once(session, "tidy", lambda *_: 2, scheduled_for=later, now=later) == 2


def test_a_failure_is_remembered_by_the_class_of_its_error_alone(session: Session, now: datetime) -> None:
    def fails(_session: Session, _now: datetime) -> int:
        raise ZeroDivisionError("김순자")

    with pytest.raises(ZeroDivisionError):
        run_once(session, "tidy", fails, scheduled_for=now, now=now)
    run = last_run(session, "tidy")
    assert run is not None
    assert (run.error, run.finished_at) == ("ZeroDivisionError", None)


def test_every_job_of_the_timetable_can_run_twice_in_a_row(session: Session, now: datetime) -> None:
    for job in TIMETABLE:
        first = run_once(session, job.name, job.work, scheduled_for=now, now=now)
        again = run_once(session, job.name, job.work, scheduled_for=now + timedelta(minutes=1), now=now)
        assert first is not None
        assert again == 0, f"{job.name} found something to do a second time"


def test_the_timetable_is_sane() -> None:
    names = [job.name for job in TIMETABLE]
    assert len(names) == len(set(names))
    for job in TIMETABLE:
        assert CronTrigger.from_crontab(job.cron), job.name
        assert job.does.endswith("다.")
        assert job.if_late.endswith("다.")
