"""Which period is run next, after a second, a night and a year without anybody to run it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from app.jobs.rules import CatchUp, Cause, Chosen, choose_period, in_minutes, in_words, is_led
from hypothesis import given
from hypothesis import strategies as st
from tests.moments import NOW

LATE = st.lists(st.integers(0, 300) | st.integers(0, 30 * 86400), max_size=12)
"""Seconds."""


@pytest.mark.parametrize("catches_up", CatchUp)
def test_what_fell_due_while_another_took_over_is_run_period_by_period(catches_up: CatchUp) -> None:
    periods = [NOW - timedelta(seconds=late) for late in (9, 6, 3, 0)]
    begun = []
    while periods:
        chosen = choose_period(periods, catches_up=catches_up, now=NOW)
        assert chosen is not None
        assert chosen.cause is Cause.TIMETABLE
        begun.append(chosen.scheduled_for)
        periods = [period for period in periods if period > chosen.scheduled_for]
    assert begun == [NOW - timedelta(seconds=late) for late in (9, 6, 3, 0)]


@pytest.mark.parametrize(
    ("catches_up", "hours", "is_run"),
    [
        (CatchUp.NEWEST, 3, True),
        (CatchUp.NEWEST, 300, True),
        (CatchUp.SAME_DAY, 3, True),  # 07:00 of the same day in Korea
        (CatchUp.SAME_DAY, 11, False),  # 23:00 of the day before
        (CatchUp.SKIP, 1, False),
    ],
)
def test_of_a_longer_pause_the_newest_alone_is_made_up_for(catches_up: CatchUp, hours: int, is_run: bool) -> None:
    newest = NOW - timedelta(hours=hours)
    periods = [newest - timedelta(days=days) for days in (3, 2, 1, 0)]
    chosen = choose_period(periods, catches_up=catches_up, now=NOW)
    assert chosen == (Chosen(newest, Cause.CATCH_UP) if is_run else None)


@given(late=LATE, catches_up=st.sampled_from(CatchUp))
def test_after_any_pause_at_most_one_late_period_is_run(late: list[int], catches_up: CatchUp) -> None:
    periods = sorted({NOW - timedelta(seconds=each) for each in late})
    begun = []
    while (chosen := choose_period(periods, catches_up=catches_up, now=NOW)) is not None:
        begun.append(chosen)
        periods = [period for period in periods if period > chosen.scheduled_for]
    assert [each.cause for each in begun].count(Cause.CATCH_UP) <= 1
    assert [each.scheduled_for for each in begun] == sorted({each.scheduled_for for each in begun})


@pytest.mark.parametrize(
    ("seconds", "led"), [(0, True), (29, True), (31, False), (-29, True), (-3600, False), (None, False)]
)
def test_a_leader_gives_signs_of_life_near_the_present(seconds: int | None, led: bool) -> None:
    seen_at = None if seconds is None else NOW - timedelta(seconds=seconds)
    assert is_led(seen_at, NOW) is led


@pytest.mark.parametrize(
    ("cron", "words"),
    [
        ("10 0 * * *", "매일 00:10"),
        ("*/5 * * * *", "5분마다"),
        ("* * * * *", "1분마다"),
        ("*/10 7-19 * * *", "7∼19시 10분마다"),
        ("*/10 7-19 * * mon-fri", "월∼금요일 7∼19시 10분마다"),
        ("0 9-18 * * mon-fri", "월∼금요일 9∼18시 정각마다"),
        ("5 9-18 * * *", "9∼18시 매시 5분"),
        ("7 * * * *", "매시 7분"),
        ("30 7 * * mon", "매주 월요일 07:30"),
        ("30 7 * * mon-fri", "월∼금요일 07:30"),
        ("0 6 1 * *", "매월 1일 06:00"),
        ("0 6 1 1 *", "0 6 1 1 *"),
        ("0 6 * * mon,thu", "0 6 * * mon,thu"),
    ],
)
def test_a_line_of_the_timetable_is_said_as_people_say_it(cron: str, words: str) -> None:
    assert in_words(cron) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.04, "0.1초 미만"), (0.44, "0.4초"), (12.9, "12초"), (185, "3분 5초"), (120.4, "2분"), (-3600, "0.1초 미만")],
)
def test_how_long_a_run_took_is_said_in_minutes(seconds: float, words: str) -> None:
    assert in_minutes(timedelta(seconds=seconds)) == words
