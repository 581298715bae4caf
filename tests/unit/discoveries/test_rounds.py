"""The window of a round."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from app.discoveries.rules.rounds import Window, default_close, next_opening
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("opens_on", "closes_on"),
    [
        (date(2022, 9, 26), date(2022, 11, 18)),
        (date(2024, 3, 25), date(2024, 5, 17)),
        (date(2024, 11, 25), date(2025, 1, 17)),
    ],
)
def test_the_windows_that_were_announced_are_those_we_propose(opens_on: date, closes_on: date) -> None:
    assert default_close(opens_on) == closes_on
    assert Window(opens_on, closes_on).days == 54


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_round_closes_on_a_friday_and_opens_on_a_monday(day: date) -> None:
    assert default_close(day).strftime("%w") == "5"
    assert 48 <= Window(day, default_close(day)).days <= 54
    assert next_opening(day).weekday() == 0
    assert timedelta(0) <= next_opening(day) - day < timedelta(7)


@pytest.mark.parametrize(
    ("today", "words", "is_open"),
    [
        (date(2026, 11, 20), "3일 뒤 열림", False),
        (date(2026, 11, 23), "53일 남음", True),
        (date(2027, 1, 15), "오늘까지", True),
        (date(2027, 1, 17), "2일 지남", False),
    ],
)
def test_a_window_says_how_long_it_lasts(today: date, words: str, is_open: bool) -> None:
    window = Window(date(2026, 11, 23), date(2027, 1, 15))
    assert (window.words(today), window.is_open(today)) == (words, is_open)


@pytest.mark.parametrize(("days", "fits"), [(-1, False), (0, True), (366, True), (367, False)])
def test_a_round_lasts_a_day_at_least_and_a_year_at_most(days: int, fits: bool) -> None:
    first = date(2026, 1, 5)
    assert Window(first, first + timedelta(days)).fits is fits
