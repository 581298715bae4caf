"""Every period of every job comes to an end once, whoever runs it and whoever is cut off."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from app.accounts.models import SignInFailure
from app.core.database import unit_of_work
from app.jobs import service
from app.jobs.queries import find_leader, find_open, list_last_runs, list_open, list_runs, newest_period
from app.jobs.rules import MOST_CLAIMS, Cause, RunState
from app.jobs.service import Claim, ClaimLost, ask_for, claim_period, forget_old_runs, perform, take_up
from app.scheduler import TIMETABLE
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.databases import Database
from tests.factories.jobs import last_run, run_once
from tests.factories.town import Town


def claimed(session: Session, now: datetime, job: str = "tidy", *, owner: str = "first") -> Claim:
    claim = claim_period(session, job, now, cause=Cause.TIMETABLE, owner=owner, now=now)
    assert claim is not None
    return claim


def leaves_a_trace(session: Session, at: datetime) -> int:
    """Work whose traces can be counted."""
    session.add(SignInFailure(login_hash="a trace", address="", at=at))
    return 1


def traces(session: Session) -> int:
    counted = select(func.count()).select_from(SignInFailure).where(SignInFailure.login_hash == "a trace")
    return session.scalar(counted) or 0


def test_a_period_is_done_once_and_remembered(session: Session, now: datetime) -> None:
    later = now + timedelta(seconds=3)
    assert run_once(session, "tidy", leaves_a_trace, scheduled_for=now, owner="me", now=now, clock=lambda: later) == 1
    assert run_once(session, "tidy", leaves_a_trace, scheduled_for=now, now=now) is None
    assert traces(session) == 1
    run = last_run(session, "tidy")
    assert run is not None
    assert (run.count, run.owner, run.claim, run.finished_at, run.error) == (1, "me", 1, later, "")
    assert (run.state, run.spent, run.is_open) == (RunState.DONE, timedelta(seconds=3), False)


def test_the_next_period_is_another_one(session: Session, now: datetime) -> None:
    later = now + timedelta(days=1)
    assert run_once(session, "tidy", lambda *_: 1, scheduled_for=now, now=now) == 1
    assert run_once(session, "tidy", lambda *_: 2, scheduled_for=later, now=later) == 2


def test_a_failure_undoes_the_work_and_is_remembered_by_the_class_of_its_error(session: Session, now: datetime) -> None:
    def fails(inside: Session, at: datetime) -> int:
        leaves_a_trace(inside, at)
        raise ZeroDivisionError("김순자")

    with pytest.raises(ZeroDivisionError):
        run_once(session, "tidy", fails, scheduled_for=now, now=now)
    run = last_run(session, "tidy")
    assert run is not None
    assert (run.error, run.finished_at, run.failed_at, run.state) == ("ZeroDivisionError", None, now, RunState.FAILED)
    assert traces(session) == 0
    assert run_once(session, "tidy", fails, scheduled_for=now, now=now) is None  # the period is not tried again


def test_a_run_left_behind_is_taken_up_and_the_old_owner_comes_to_nothing(session: Session, now: datetime) -> None:
    old = claimed(session, now)
    [left] = list_open(session)
    new = take_up(session, left, owner="second", now=now)
    assert new is not None
    assert new.number == 2
    with pytest.raises(ClaimLost):
        perform(session, old, leaves_a_trace, clock=lambda: now)
    assert traces(session) == 0
    assert perform(session, new, leaves_a_trace, clock=lambda: now) == 1
    assert traces(session) == 1
    run = last_run(session, "tidy")
    assert run is not None
    assert (run.owner, run.claim, run.state) == ("second", 2, RunState.DONE)


def overtake(database: Database, now: datetime) -> None:
    """Another process takes up whatever is open."""
    with Session(database.engine) as elsewhere:
        [left] = list_open(elsewhere)
        assert take_up(elsewhere, left, owner="second", now=now)


def test_whoever_was_overtaken_in_the_middle_keeps_its_steps_and_loses_the_rest(
    fresh_database: Database, now: datetime
) -> None:
    def in_steps(inside: Session, at: datetime) -> int:
        for step in range(3):
            try:
                with unit_of_work(inside):
                    leaves_a_trace(inside, at)
            except Exception:  # work that goes on after one bad row must not go on after this
                pytest.fail("a lost claim passed for a failure of the work")
            if step == 0:
                overtake(fresh_database, at)
        return 3

    with Session(fresh_database.engine) as session:
        with pytest.raises(ClaimLost):
            perform(session, claimed(session, now), in_steps, clock=lambda: now)
        assert traces(session) == 1
        run = find_open(session, "tidy")
    assert run is not None
    assert (run.owner, run.error) == ("second", "")


def test_a_finished_run_cannot_be_taken_up(session: Session, now: datetime) -> None:
    claim = claimed(session, now)
    [seen] = list_open(session)
    perform(session, claim, leaves_a_trace, clock=lambda: now)
    assert take_up(session, seen, owner="second", now=now) is None
    assert not list_open(session)


def test_a_job_that_kills_whoever_runs_it_is_given_up(session: Session, now: datetime) -> None:
    claimed(session, now)
    for taken in range(2, MOST_CLAIMS + 1):
        [left] = list_open(session)
        claim = take_up(session, left, owner=f"process {taken}", now=now)
        assert claim is not None
        assert claim.number == taken
    [left] = list_open(session)
    assert take_up(session, left, owner="one more", now=now) is None
    run = last_run(session, "tidy")
    assert run is not None
    assert (run.error, run.failed_at) == ("TakenUpTooOften", now)
    assert not list_open(session)


def test_asking_twice_waits_for_one_run(session: Session, town: Town, now: datetime) -> None:
    first = ask_for(session, "tidy", asked_by_id=town.administrator.id, now=now)
    again = ask_for(session, "tidy", asked_by_id=town.administrator.id, now=now + timedelta(seconds=1))
    assert first.id == again.id
    assert first.state is RunState.WAITING
    claim = take_up(session, first, owner="leader", now=now)
    assert claim is not None
    assert claim.number == 1
    assert ask_for(session, "tidy", asked_by_id=None, now=now + timedelta(seconds=2)).id == first.id
    perform(session, claim, leaves_a_trace, clock=lambda: now)
    same_second = ask_for(session, "tidy", asked_by_id=None, now=now)
    assert same_second.id == first.id
    assert ask_for(session, "tidy", asked_by_id=None, now=now + timedelta(seconds=3)).id != first.id


def test_a_run_by_hand_is_no_period_of_the_timetable(session: Session, now: datetime) -> None:
    run_once(session, "tidy", leaves_a_trace, scheduled_for=now - timedelta(days=1), now=now)
    asked = ask_for(session, "tidy", asked_by_id=None, now=now)
    assert newest_period(session, "tidy", until=now) == now - timedelta(days=1)
    assert list_last_runs(session, until=now)["tidy"].id == asked.id


def test_a_period_from_the_future_does_not_silence_a_job(session: Session, now: datetime) -> None:
    run_once(session, "tidy", leaves_a_trace, scheduled_for=now, now=now)
    run_once(session, "tidy", leaves_a_trace, scheduled_for=now + timedelta(days=3650), now=now)
    assert newest_period(session, "tidy", until=now) == now
    assert list_last_runs(session, until=now)["tidy"].scheduled_for == now


def test_old_runs_are_forgotten_save_the_newest_of_each_job(session: Session, now: datetime) -> None:
    for days in (200, 100, 10):
        run_once(session, "often", lambda *_: 1, scheduled_for=now - timedelta(days=days), now=now)
    run_once(session, "seldom", lambda *_: 1, scheduled_for=now - timedelta(days=300), now=now)
    assert forget_old_runs(session, before=now - timedelta(days=90), empty_before=now - timedelta(days=90)) == 2
    assert [run.scheduled_for for run in list_runs(session, "often", limit=9)] == [now - timedelta(days=10)]
    assert len(list_runs(session, "seldom", limit=9)) == 1


def test_a_run_that_touched_nothing_is_forgotten_sooner(session: Session, now: datetime) -> None:
    for hours, touched in ((30, 0), (29, 1), (28, 0), (2, 0)):
        run_once(session, "watch", lambda *_, rows=touched: rows, scheduled_for=now - timedelta(hours=hours), now=now)
    assert forget_old_runs(session, before=now - timedelta(days=90), empty_before=now - timedelta(hours=24)) == 2
    assert [run.count for run in list_runs(session, "watch", limit=9)] == [0, 1]


def test_the_leader_puts_its_name_up_and_takes_only_its_own_down(session: Session, now: datetime) -> None:
    service.lead(session, owner="first", since_at=now, now=now)
    service.lead(session, owner="second", since_at=now, now=now + timedelta(seconds=5))
    service.lead_no_more(session, owner="first")
    leader = find_leader(session)
    assert leader is not None
    assert (leader.owner, leader.seen_at) == ("second", now + timedelta(seconds=5))
    service.lead_no_more(session, owner="second")
    session.expire_all()
    assert find_leader(session) is None


def test_every_job_of_the_timetable_can_run_twice_in_a_row(app: Flask, session: Session, now: datetime) -> None:
    for job in TIMETABLE:
        with app.app_context():
            first = run_once(session, job.name, job.work, scheduled_for=now, now=now)
            again = run_once(session, job.name, job.work, scheduled_for=now + timedelta(minutes=1), now=now)
        assert first is not None
        assert again == 0, f"{job.name} found something to do a second time"
