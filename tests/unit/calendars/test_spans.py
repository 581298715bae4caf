"""Weeks and months as a calendar on the wall shows them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from app.calendars.rules.spans import SPANS, Scale, day_of, month_of, week_of
from hypothesis import given
from hypothesis import strategies as st

MONDAY = date(2026, 11, 23)
days = st.dates(date(2000, 2, 1), date(2049, 12, 1))


@pytest.mark.parametrize("on", [MONDAY, date(2026, 11, 26), date(2026, 11, 29)])
def test_a_week_goes_from_monday_to_sunday(on: date) -> None:
    span = week_of(on)
    assert (span.first_on, span.last_on, len(span.days)) == (MONDAY, date(2026, 11, 29), 7)


@pytest.mark.parametrize(
    ("on", "first", "last", "weeks"),
    [
        (date(2026, 11, 23), date(2026, 10, 26), date(2026, 12, 6), 6),
        (date(2026, 2, 10), date(2026, 1, 26), date(2026, 3, 1), 5),
        (date(2027, 2, 28), date(2027, 2, 1), date(2027, 2, 28), 4),
        (date(2026, 12, 31), date(2026, 11, 30), date(2027, 1, 3), 5),
    ],
)
def test_a_month_is_shown_in_whole_weeks(on: date, first: date, last: date, weeks: int) -> None:
    span = month_of(on)
    assert (span.first_on, span.last_on, len(span.weeks)) == (first, last, weeks)
    assert span.is_outside(first) is (first.month != on.month)
    assert not span.is_outside(on)


@pytest.mark.parametrize(
    ("scale", "on", "earlier", "later"),
    [
        (Scale.WEEK, MONDAY, date(2026, 11, 16), date(2026, 11, 30)),
        (Scale.DAY, MONDAY, date(2026, 11, 22), date(2026, 11, 24)),
        (Scale.MONTH, date(2026, 1, 31), date(2025, 12, 1), date(2026, 2, 1)),
        (Scale.MONTH, date(2026, 12, 5), date(2026, 11, 1), date(2027, 1, 1)),
    ],
)
def test_one_turns_to_the_span_before_and_after(scale: Scale, on: date, earlier: date, later: date) -> None:
    span = SPANS[scale](on)
    assert (span.earlier_on, span.later_on) == (earlier, later)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (week_of(MONDAY), "2026년 11월 23일 ~ 29일"),
        (week_of(date(2026, 12, 1)), "2026년 11월 30일 ~ 12월 6일"),
        (week_of(date(2026, 12, 31)), "2026년 12월 28일 ~ 2027년 1월 3일"),
        (month_of(MONDAY), "2026년 11월"),
        (day_of(MONDAY), "2026년 11월 23일"),
    ],
)
def test_a_span_is_called_by_its_days(span: object, words: str) -> None:
    assert span.words == words  # type: ignore[attr-defined]


@given(days, st.sampled_from(list(Scale)))
def test_turning_forth_and_back_comes_to_the_same_page(on: date, scale: Scale) -> None:
    span = SPANS[scale](on)
    assert SPANS[scale](SPANS[scale](span.later_on).earlier_on).days == span.days
    assert SPANS[scale](span.later_on).first_on <= span.last_on + timedelta(days=1), "no day is skipped"


@given(days)
def test_a_month_holds_each_of_its_days_once_and_full_weeks(on: date) -> None:
    span = month_of(on)
    own = [day for day in span.days if not span.is_outside(day)]
    assert len(span.days) % 7 == 0
    assert own == [on.replace(day=n + 1) for n in range(len(own))]
    assert (on.replace(day=len(own)) + timedelta(days=1)).day == 1
