"""What a tick begins: on time, after a night without anybody, and on a clock that jumps."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from app.jobs import service
from app.jobs.queries import find_leader
from app.jobs.rules import CatchUp, Cause, RunState
from app.scheduler import run_by_hand
from sqlalchemy.orm import Session
from tests.factories.jobs import run_once
from tests.integration.jobs.conftest import House, Slow, job, leaves_a_trace
from tests.moments import NOW


def begun(house: House, name: str = "a-job") -> list[tuple[datetime, Cause]]:
    return [(run.scheduled_for, run.cause) for run in house.runs(name)]


def test_a_period_is_begun_when_its_time_has_come_and_only_then(house: House) -> None:
    ticker = house.ticker(job("30 * * * *"))
    for minutes in (0, 29, 1, 0, 1):
        house.tick(ticker, minutes=minutes)
    assert begun(house) == [(NOW + timedelta(minutes=30), Cause.TIMETABLE)]
    assert house.traces() == ["23 01:30:00"]


def test_a_new_house_has_missed_nothing(house: House) -> None:
    house.tick(house.ticker(job("59 9 * * *")))
    assert begun(house) == []


def test_whoever_waited_for_the_lead_makes_up_for_what_nobody_ever_began(house: House) -> None:
    waiting = house.ticker(job("5 10 * * *"))
    house.tick(waiting, hours=1)
    assert begun(house) == [(NOW + timedelta(minutes=5), Cause.CATCH_UP)]


@pytest.mark.parametrize(
    ("catches_up", "causes"),
    [(CatchUp.NEWEST, [Cause.CATCH_UP]), (CatchUp.SAME_DAY, [Cause.CATCH_UP]), (CatchUp.SKIP, [])],
)
def test_ten_missed_nights_are_made_up_for_once(house: House, catches_up: CatchUp, causes: list[Cause]) -> None:
    line = job("10 0 * * *", catches_up=catches_up)
    with Session(house.database.engine) as session:
        run_once(session, "a-job", leaves_a_trace, scheduled_for=NOW - timedelta(days=10, hours=9, minutes=50), now=NOW)
    ticker = house.ticker(line)
    for _ in range(3):
        house.tick(ticker, seconds=1)
    missed = NOW - timedelta(hours=9, minutes=50)
    assert begun(house)[1:] == [(missed, cause) for cause in causes]
    house.tick(ticker, hours=15)
    assert begun(house)[-1] == (missed + timedelta(days=1), Cause.CATCH_UP) or catches_up is not CatchUp.NEWEST


def test_a_period_of_yesterday_is_worth_nothing_to_a_job_of_the_day(house: House) -> None:
    ticker = house.ticker(job("30 7 * * *", catches_up=CatchUp.SAME_DAY))
    with Session(house.database.engine) as session:
        run_once(session, "a-job", leaves_a_trace, scheduled_for=NOW - timedelta(days=3), now=NOW)
    house.tick(ticker, hours=-3)  # seven in the morning; the newest missed period is yesterday's
    assert len(house.runs()) == 1
    house.tick(ticker, hours=2)
    assert begun(house)[-1] == (NOW - timedelta(hours=2, minutes=30), Cause.CATCH_UP)


def test_a_failure_is_not_tried_again_before_its_next_period(house: House) -> None:
    def fails(session: Session, at: datetime) -> int:
        leaves_a_trace(session, at)
        raise ZeroDivisionError

    ticker = house.ticker(job("0 * * * *", fails))
    for _ in range(5):
        house.tick(ticker, seconds=1)
    [run] = house.runs()
    assert (run.state, run.error) == (RunState.FAILED, "ZeroDivisionError")
    assert house.traces() == []
    house.tick(ticker, hours=1)
    assert len(house.runs()) == 2


def test_what_another_leader_did_is_not_done_again(house: House) -> None:
    first, second = house.ticker(job()), house.ticker(job())
    house.tick(first)
    house.tick(second)
    assert (first.leads, second.leads) == (True, False)
    first.stop()
    house.tick(second)
    assert second.leads
    assert len(house.runs()) == 1
    house.tick(second, hours=1)
    assert len(house.traces()) == 2


def test_a_clock_set_back_an_hour_repeats_nothing_and_stops_nothing(house: House) -> None:
    ticker = house.ticker(job("*/30 * * * *"))
    for minutes in (0, 30, 30):
        house.tick(ticker, minutes=minutes)
    assert len(house.runs()) == 3
    for minutes in (-60, 10, 20, 30):
        house.tick(ticker, minutes=minutes)
    assert len(house.runs()) == 3
    assert ticker.leads
    house.tick(ticker, minutes=30)
    assert begun(house)[-1] == (NOW + timedelta(minutes=90), Cause.TIMETABLE)


def test_a_clock_that_once_showed_another_year_silences_nothing(house: House) -> None:
    ticker = house.ticker(job())
    house.tick(ticker)
    house.tick(ticker, days=3650)
    assert len(house.runs()) == 2
    house.tick(ticker, days=-3650, hours=1)
    assert len(house.runs()) == 3
    newcomer = house.ticker(job())
    ticker.stop()
    house.tick(newcomer, hours=1)
    assert len(house.runs()) == 4


def test_what_was_asked_for_is_run_with_the_next_tick(house: House) -> None:
    ticker = house.ticker(job("10 0 * * *"))
    house.tick(ticker)
    with Session(house.database.engine) as session, session.begin():
        service.ask_for(session, "a-job", asked_by_id=None, now=house.clock.at)
        service.ask_for(session, "nobody-knows", asked_by_id=None, now=house.clock.at)
    house.tick(ticker, seconds=1)
    [run] = house.runs()
    assert (run.cause, run.state, run.owner) == (Cause.BY_HAND, RunState.DONE, ticker.owner)
    assert house.traces() == ["23 01:00:01"]


def test_a_job_at_work_is_not_begun_again_nor_one_that_does_the_same(house: House) -> None:
    slow = Slow()
    ticker = house.ticker(job("* * * * *", slow), job("* * * * *", slow, name="its-twin"), job(name="other"))
    ticker.tick()
    assert slow.began.wait(10)
    house.clock.turn(minutes=1)
    ticker.tick()
    assert [len(house.runs(name)) for name in ("a-job", "its-twin", "other")] == [1, 0, 1]
    slow.may_end.set()
    ticker.wait()
    house.tick(ticker)
    assert len(house.runs("its-twin")) + len(house.runs()) == 2


def test_whoever_stops_lets_its_work_end_and_makes_way(house: House) -> None:
    slow = Slow()
    ticker, next_one = house.ticker(job(work=slow)), house.ticker(job(work=slow))
    ticker.tick()
    assert slow.began.wait(10)
    slow.may_end.set()
    ticker.stop()
    [run] = house.runs()
    assert run.state is RunState.DONE
    with Session(house.database.engine) as session:
        assert find_leader(session) is None
    house.tick(next_one)
    assert next_one.leads
    assert len(house.traces()) == 1


def test_work_cut_off_by_a_stop_is_done_by_the_next_leader(house: House) -> None:
    slow = Slow()
    ticker, next_one = house.ticker(job(work=slow)), house.ticker(job())
    ticker.tick()
    assert slow.began.wait(10)
    ticker.stop(patience=0.1)
    house.tick(next_one, seconds=2)
    slow.may_end.set()
    ticker.wait()
    [run] = house.runs()
    assert (run.state, run.claim, run.owner) == (RunState.DONE, 2, next_one.owner)
    assert house.traces() == ["23 01:00:02"]  # the old owner's, of two seconds before, came to nothing


def test_the_leader_says_who_it_is_and_that_it_lives(house: House) -> None:
    ticker = house.ticker()
    for seconds in (0, 2, 2, 2):
        house.tick(ticker, seconds=seconds)
    with Session(house.database.engine) as session:
        leader = find_leader(session)
    assert leader is not None
    assert (leader.owner, leader.since_at) == (ticker.owner, NOW)
    assert house.clock.at - leader.seen_at < timedelta(seconds=5)


def test_by_hand_a_job_is_run_by_this_process_when_nobody_leads(house: House) -> None:
    run = run_by_hand(house.app(), job("10 0 * * *"), now=house.clock)
    assert (run.state, run.count, run.cause) == (RunState.DONE, 1, Cause.BY_HAND)
    assert len(house.runs()) == 1
    newcomer = house.ticker(job())
    house.tick(newcomer)
    assert newcomer.leads


def test_by_hand_a_job_is_run_by_the_leader_when_there_is_one(house: House) -> None:
    leader = house.ticker(job("10 0 * * *"))
    leader.start()
    run = run_by_hand(house.app(), job("10 0 * * *"), now=lambda: house.clock.at + timedelta(seconds=7))
    assert (run.owner, run.state) == (leader.owner, RunState.DONE)
    assert len(house.traces()) == 1
