"""The days to tap for the next visit: the proposal, a week on either side, none of them off."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from app.core.holidays import working_days
from app.visits.rules import day_to_check, next_days
from hypothesis import given
from hypothesis import strategies as st

DAYS = working_days(range(2026, 2028))
MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("proposed_on", "offered"),
    [
        pytest.param(
            date(2026, 12, 9),
            [(date(2026, 12, 2), "1주 앞"), (date(2026, 12, 9), "제안"), (date(2026, 12, 16), "1주 뒤")],
            id="a working day with both its neighbours",
        ),
        pytest.param(
            date(2026, 11, 27),
            [(date(2026, 11, 27), "제안"), (date(2026, 12, 4), "1주 뒤")],
            id="nothing before today",
        ),
        pytest.param(
            date(2026, 12, 25),
            [(date(2026, 12, 18), "1주 앞"), (date(2026, 12, 24), "제안"), (date(2026, 12, 31), "1주 뒤")],
            id="a holiday moves to the working day before it",
        ),
        pytest.param(
            date(2026, 11, 29),
            [(date(2026, 11, 27), "제안"), (date(2026, 12, 4), "1주 뒤")],
            id="a Sunday moves to the Friday before it",
        ),
        pytest.param(
            None,
            [(date(2026, 11, 30), "1주 뒤"), (date(2026, 12, 7), "2주 뒤"), (date(2026, 12, 21), "4주 뒤")],
            id="where nothing is due, weeks ahead",
        ),
    ],
)
def test_the_days_to_tap(proposed_on: date | None, offered: list[tuple[date, str]]) -> None:
    assert [(day.on, day.words) for day in next_days(proposed_on, today=MONDAY, working_days=DAYS)] == offered


def test_a_proposal_for_tomorrow_that_is_off_moves_behind_it() -> None:
    friday = date(2026, 12, 24)
    [first, *_] = next_days(date(2026, 12, 25), today=friday, working_days=DAYS)
    assert (first.on, first.words) == (date(2026, 12, 28), "제안")


def test_a_year_without_holidays_is_not_offered() -> None:
    only = working_days(range(2026, 2027))
    assert [day.on for day in next_days(date(2026, 12, 28), today=MONDAY, working_days=only)] == [
        date(2026, 12, 21), date(2026, 12, 28),
    ]  # fmt: skip


@given(ahead=st.integers(-400, 400))
def test_every_day_to_tap_lies_ahead_and_is_worked(ahead: int) -> None:
    offered = [day.on for day in next_days(MONDAY + timedelta(days=ahead), today=MONDAY, working_days=DAYS)]
    assert offered == sorted(set(offered))
    assert all(on > MONDAY and DAYS.is_working(on) for on in offered)


@pytest.mark.parametrize(
    ("today", "on"),
    [(MONDAY, date(2026, 11, 24)), (date(2026, 11, 27), date(2026, 11, 30)), (date(2026, 12, 24), date(2026, 12, 28))],
)
def test_what_came_of_a_referral_is_heard_on_the_next_working_day(today: date, on: date) -> None:
    day = day_to_check(today=today, working_days=DAYS)
    assert day is not None
    assert (day.on, day.words) == (on, "진료 결과 확인")
