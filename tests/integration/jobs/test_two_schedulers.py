"""Two schedulers and four web workers, all real processes: each period once, whatever becomes of the leader."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from app.jobs.models import JobRun
from app.jobs.rules import RunState
from tests.databases import Database
from tests.integration.jobs.bell import EVERY_SECONDS
from tests.integration.jobs.fleet import Fleet

LIMIT_SECONDS = 5.0
"""Longer nobody may lead after a leader died."""


@pytest.fixture
def fleet(fresh_database: Database, tmp_path: Path) -> Iterator[Fleet]:
    """Processes that end with the test."""
    made = Fleet(fresh_database, tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize("templates", ["postgresql"], indirect=True)
def test_two_schedulers_and_four_web_workers_run_each_period_once(fleet: Fleet) -> None:
    for _ in range(4):
        fleet.begin_web_worker()
    for _ in range(2):
        fleet.begin_scheduler()
    fleet.until(lambda: all(each.is_healthy() for each in fleet.web_workers))
    run_through(fleet, kills=2)


@pytest.mark.parametrize("templates", ["sqlite"], indirect=True)
def test_two_schedulers_on_one_file_run_each_period_once(fleet: Fleet) -> None:
    fleet.begin_scheduler()
    fleet.begin_scheduler()
    run_through(fleet, kills=1)


def run_through(fleet: Fleet, *, kills: int) -> None:
    """Several periods, as many leaders killed in the middle of one, a clean end; and what must be true of all that."""
    fleet.until(fleet.sounds)
    for _ in range(kills):
        kill_and_take_over(fleet)
        heard = len(fleet.sounds())
        fleet.until(lambda: len(fleet.sounds()) > heard + 1)  # noqa: B023  (asked within the round)
    assert all(each.is_healthy() for each in fleet.web_workers if each in fleet.alive)
    assert set(fleet.stop().values()) == {0}, fleet.story()
    assert "Traceback" not in fleet.story()
    assert_each_period_once(fleet, cut_off=kills)


def kill_and_take_over(fleet: Fleet) -> None:
    """Kill the leader in the middle of a run, and see another take the lead and the run."""
    killed, cut_off = fleet.kill_in_the_middle()
    began = time.monotonic()
    heir = fleet.until(fleet.leader)
    led_after = time.monotonic() - began
    fleet.until(lambda: next((run for run in fleet.runs() if run.id == cut_off.id and run.finished_at), None))
    done_after = time.monotonic() - began
    print(f"{killed.name} killed; {heir.name} leads after {led_after:.2f} s, the run is done after {done_after:.2f} s")
    assert led_after < LIMIT_SECONDS


def assert_each_period_once(fleet: Fleet, *, cut_off: int) -> None:
    runs, sounds = fleet.runs(), fleet.sounds()
    assert [run for run in runs if run.state is not RunState.DONE] == []
    first, last = runs[0].scheduled_for, runs[-1].scheduled_for
    every = timedelta(seconds=EVERY_SECONDS)
    assert [run.scheduled_for for run in runs] == [
        first + every * number for number in range((last - first) // every + 1)
    ]
    assert sounds == sorted(began(run) for run in runs), "a ring without its run, or a run heard twice"
    assert len({run.owner for run in runs}) == cut_off + 1
    assert [run.claim for run in runs].count(2) == cut_off


def began(run: JobRun) -> str:
    assert run.started_at is not None
    return run.started_at.isoformat()
