"""Several processes at the same moment, each sure that it leads."""

from __future__ import annotations

import random
import time
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from app.accounts.models import SignInFailure
from app.jobs.models import JobRun
from app.jobs.queries import list_open
from app.jobs.rules import Cause, RunState
from app.jobs.service import Claim, ClaimLost, ask_for, claim_period, perform, take_up
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.crowd import all_at_once
from tests.databases import Database

PERIODS = 12


def test_of_many_who_claim_a_period_one_gets_it(fresh_database: Database, now: datetime) -> None:
    def claim(number: int) -> Claim | None:
        with Session(fresh_database.engine) as session:
            return claim_period(session, "tidy", now, cause=Cause.TIMETABLE, owner=str(number), now=now)

    assert len([each for each in all_at_once(claim) if each]) == 1


def test_of_many_who_take_up_a_run_one_gets_it(fresh_database: Database, now: datetime) -> None:
    with Session(fresh_database.engine) as session, session.begin():
        ask_for(session, "tidy", asked_by_id=None, now=now)
    with Session(fresh_database.engine) as session:
        [waiting] = list_open(session)

    def take(number: int) -> Claim | None:
        with Session(fresh_database.engine) as session:
            return take_up(session, waiting, owner=str(number), now=now)

    assert [each.number for each in all_at_once(take) if each] == [1]


@pytest.mark.parametrize("seed", range(3))
def test_however_two_leaders_overtake_each_other_no_period_is_finished_twice(
    fresh_database: Database, now: datetime, seed: int
) -> None:
    """Each claims what it can and takes over whatever is open, as if the other were dead."""

    def lead(number: int) -> None:
        dice = random.Random(seed * 100 + number)
        for period in range(PERIODS):
            with Session(fresh_database.engine) as session:
                for claim in claims(session, now + timedelta(minutes=period), str(number), now):
                    time.sleep(dice.random() * 0.01)
                    with suppress(ClaimLost):
                        perform(session, claim, traced(claim, dice), clock=lambda: now)

    all_at_once(lead, crowd=2)
    with Session(fresh_database.engine) as session:
        for run in list_open(session):  # what both left to each other at the very end
            if claim := take_up(session, run, owner="last", now=now):
                perform(session, claim, traced(claim, random.Random(seed)), clock=lambda: now)
        runs = list(session.scalars(select(JobRun)))
        traces = {row[0]: row[1] for row in session.execute(_TRACES)}
    assert len(runs) == PERIODS
    for run in runs:
        assert traces.get(str(run.id), 0) == (1 if run.state is RunState.DONE else 0), run.scheduled_for
    assert sum(traces.values()) >= PERIODS // 2


_TRACES = select(SignInFailure.address, func.count()).group_by(SignInFailure.address)


def claims(session: Session, period: datetime, owner: str, now: datetime) -> list[Claim]:
    """The period if it is free, and everything that is open."""
    found = [claim_period(session, "tidy", period, cause=Cause.TIMETABLE, owner=owner, now=now)]
    with session.begin():
        left = list_open(session)
    found += [take_up(session, run, owner=owner, now=now) for run in left if run.owner != owner]
    return [each for each in found if each]


def traced(claim: Claim, dice: random.Random):  # type: ignore[no-untyped-def]
    """Work that leaves one row for its run and takes some milliseconds over it."""

    def work(session: Session, at: datetime) -> int:
        session.add(SignInFailure(login_hash="a trace", address=str(claim.run_id), at=at))
        session.flush()
        time.sleep(dice.random() * 0.01)
        return 1

    return work
