"""The timetable: its lines are sane, and its periods fall where a clock in Korea says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from app.core.clock import KOREA, korean_time
from app.jobs.rules import ON_TIME
from app.scheduler import TIMETABLE, Job
from hypothesis import given
from hypothesis import strategies as st
from tests.moments import NOW

CRONS = ("10 0 * * *", "*/5 * * * *", "30 7 * * mon", "0 6 1 * *", "*/10 7-19 * * mon-fri", "5 4 29 2 *")
MOMENTS = st.timedeltas(timedelta(0), timedelta(days=1096)).map(lambda past: datetime(2026, 1, 1, tzinfo=UTC) + past)


def job(cron: str) -> Job:
    return Job("a-job", "일", cron, lambda *_: 0, "일합니다.", "늦습니다.")


def moments_by_hand(cron: str, start: datetime, until: datetime) -> list[datetime]:
    """Every minute the crontab names, found by looking at each of them."""
    minute, hour, day, month, weekday = cron.split()
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    first, last = ([*weekday.split("-"), weekday])[:2] if weekday != "*" else ("mon", "sun")

    def fits(at: datetime) -> bool:
        every = int(minute[2:]) if minute.startswith("*/") else 0
        hours = range(24) if hour == "*" else range(int(hour.split("-")[0]), int(hour.split("-")[-1]) + 1)
        return (
            (at.minute % every == 0 if every else at.minute == int(minute))
            and at.hour in hours
            and day in ("*", str(at.day))
            and month in ("*", str(at.month))
            and days.index(first) <= at.weekday() <= days.index(last)
        )

    at = korean_time(start).replace(second=0, microsecond=0) + timedelta(minutes=1)
    found = []
    while at <= until:
        if fits(at):
            found.append(at.astimezone(UTC))
        at += timedelta(minutes=1)
    return found


def test_the_timetable_is_sane() -> None:
    names = [line.name for line in TIMETABLE]
    assert len(names) == len(set(names))
    for line in TIMETABLE:
        assert line.next_after(NOW), line.name
        assert line.does.endswith("다."), line.name
        assert line.if_late.endswith("다."), line.name
        assert "*" not in line.when, f"{line.name}: say {line.cron} in words"
        assert line.work.__doc__, line.name


def test_weekdays_are_named_because_their_numbers_mean_two_things() -> None:
    with pytest.raises(ValueError, match="weekdays"):
        job("30 7 * * 1")


@given(cron=st.sampled_from(CRONS), until=MOMENTS, back=st.timedeltas(timedelta(0), timedelta(hours=30)))
def test_the_newest_period_is_the_last_minute_the_crontab_names(cron: str, until: datetime, back: timedelta) -> None:
    after = until - back
    by_hand = moments_by_hand(cron, after, until)
    found = job(cron).periods(after=after, until=until)
    on_time = [at for at in by_hand if until - at <= ON_TIME]
    assert found == (on_time or by_hand[-1:])


@given(cron=st.sampled_from(CRONS[:-1]), moment=MOMENTS)
def test_after_the_next_period_nothing_is_due_before_it(cron: str, moment: datetime) -> None:
    line = job(cron)
    following = line.next_after(moment)
    assert following is not None
    assert following > moment
    assert line.periods(after=moment, until=following) == [following]
    assert line.periods(after=moment, until=following - timedelta(microseconds=1)) == []


def test_a_year_without_anybody_leaves_one_period_to_make_up_for() -> None:
    after = NOW - timedelta(days=365)
    [found] = job("10 0 * * *").periods(after=after, until=NOW)
    assert found == datetime(2026, 11, 23, 0, 10, tzinfo=KOREA)
    [rare] = job("5 4 29 2 *").periods(after=datetime(2023, 1, 1, tzinfo=UTC), until=datetime(2025, 2, 1, tzinfo=UTC))
    assert rare == datetime(2024, 2, 29, 4, 5, tzinfo=KOREA)


def test_a_clock_set_back_finds_nothing_due() -> None:
    assert job("* * * * *").periods(after=NOW, until=NOW - timedelta(hours=1)) == []


def test_a_sixth_field_counts_seconds() -> None:
    found = job("*/2 * * * * *").periods(after=NOW - timedelta(seconds=6), until=NOW)
    assert found == [NOW - timedelta(seconds=late) for late in (4, 2, 0)]
