"""Working days over the week of 추석 2026: 24, 25 and 26 September, a Thursday to a Saturday."""

from __future__ import annotations

from datetime import date

import pytest
from app.core.working_days import MissingHolidayYear, WorkingDays

CHUSEOK = {date(2026, 9, day): "추석 연휴" for day in (24, 25, 26)}
NEW_YEAR = {date(2026, 1, 1): "신정"}
DAYS = WorkingDays(CHUSEOK | NEW_YEAR, range(2026, 2027))


def september(day: int) -> date:
    return date(2026, 9, day)


@pytest.mark.parametrize(
    ("day", "is_working", "before", "after"),
    [
        (23, True, 23, 23),  # Wednesday
        (24, False, 23, 28),
        (25, False, 23, 28),
        (26, False, 23, 28),
        (27, False, 23, 28),  # Sunday
        (28, True, 28, 28),
        (19, False, 18, 21),  # an ordinary Saturday
    ],
)
def test_a_day_off_leads_to_the_working_days_around_it(day: int, is_working: bool, before: int, after: int) -> None:
    assert DAYS.is_working(september(day)) is is_working
    assert DAYS.on_or_before(september(day)) == september(before)
    assert DAYS.on_or_after(september(day)) == september(after)


@pytest.mark.parametrize(("first", "last", "count"), [(21, 27, 3), (24, 27, 0), (23, 28, 2), (23, 23, 1), (26, 21, 0)])
def test_both_ends_are_counted(first: int, last: int, count: int) -> None:
    assert DAYS.count_between(september(first), september(last)) == count


@pytest.mark.parametrize(("start", "count", "found"), [(22, 1, 23), (22, 3, 29), (26, 1, 28), (25, 0, 25)])
def test_the_nth_working_day_after_a_day_passes_over_days_off(start: int, count: int, found: int) -> None:
    assert DAYS.after(september(start), count) == september(found)


def test_the_last_few_working_days_start_before_the_holiday() -> None:
    assert DAYS.last_of(3, september(29)) == september(23)  # 23, 28, 29


@pytest.mark.parametrize(
    ("day", "reason"),
    [(23, None), (25, "추석 연휴"), (26, "추석 연휴"), (27, "일요일"), (19, "토요일")],
)
def test_a_day_off_is_named_by_its_holiday_first(day: int, reason: str | None) -> None:
    assert DAYS.reason(september(day)) == reason


def test_holidays_on_the_way_are_named_once_in_the_order_met() -> None:
    days = DAYS.with_overrides({september(28): "임시공휴일"}, [])
    assert days.holidays_between(september(22), september(30)) == ("추석 연휴", "임시공휴일")
    assert days.holidays_between(september(30), september(22)) == ("임시공휴일", "추석 연휴")


def test_overrides_add_and_remove_but_leave_the_weekend_off() -> None:
    removed = iter([september(24), september(26)])
    days = DAYS.with_overrides({september(23): "임시공휴일"}, removed)
    assert days.reason(september(23)) == "임시공휴일"
    assert days.is_working(september(24))
    assert days.reason(september(26)) == "토요일"
    assert DAYS.is_working(september(23))  # the original is untouched


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2027, 1, 1)])
def test_a_year_without_holidays_is_an_error_that_names_it(day: date) -> None:
    with pytest.raises(MissingHolidayYear, match=f"{day.year}년 공휴일 자료가 없습니다") as caught:
        DAYS.is_working(day)
    assert caught.value.year == day.year


def test_stepping_out_of_the_known_years_is_an_error_too() -> None:
    with pytest.raises(MissingHolidayYear, match="2025"):
        DAYS.on_or_before(date(2026, 1, 1))
    with pytest.raises(MissingHolidayYear, match="2027"):
        DAYS.after(date(2026, 12, 31), 1)
    with pytest.raises(MissingHolidayYear, match="2027"):
        DAYS.count_between(date(2026, 12, 1), date(2027, 1, 4))


def test_years_must_be_consecutive() -> None:
    with pytest.raises(ValueError, match="consecutive"):
        WorkingDays({}, range(2026, 2030, 2))


def test_without_any_year_it_knows_nothing_and_says_so() -> None:
    with pytest.raises(MissingHolidayYear, match="2026"):
        WorkingDays({}, range(0)).on_or_before(september(23))


def test_its_holidays_cannot_be_changed_afterwards() -> None:
    source = dict(NEW_YEAR)
    days = WorkingDays(source, range(2026, 2027))
    source.clear()
    assert days.holidays == NEW_YEAR
    with pytest.raises(TypeError):
        days.holidays[date(2026, 5, 1)] = "노동절"  # type: ignore[index]
