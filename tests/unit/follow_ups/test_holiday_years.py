"""A year of days off: what each is, what a weekend means for it, and the twelve months."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from app.core.holidays import public_holidays
from app.follow_ups.rules import HolidayKind
from app.follow_ups.rules.holiday_years import (
    DayLook,
    OwnDay,
    YearDay,
    days_of_year,
    months_of_year,
    public_kind,
)
from hypothesis import given
from hypothesis import strategies as st


def listed(year: int, *own: OwnDay) -> dict[date, YearDay]:
    return {day.on: day for day in days_of_year(public_holidays([year]), own)}


@pytest.mark.parametrize(
    ("on", "remark"),
    [
        (date(2026, 3, 1), "일요일과 겹쳐 3/2(월)에 대신 쉽니다"),
        (date(2026, 8, 15), "토요일과 겹쳐 8/17(월)에 대신 쉽니다"),
        (date(2026, 10, 3), "토요일과 겹쳐 10/5(월)에 대신 쉽니다"),
        (date(2027, 12, 25), "토요일과 겹쳐 12/27(월)에 대신 쉽니다"),
        (date(2026, 6, 6), "토요일과 겹치고, 대체공휴일은 없습니다"),
        (date(2028, 1, 1), "토요일과 겹치고, 대체공휴일은 없습니다"),
        (date(2026, 9, 26), "토요일과 겹치고, 대체공휴일은 없습니다"),
        (date(2027, 2, 6), "토요일과 겹치고, 대체공휴일은 없습니다"),
        (date(2027, 2, 7), "일요일과 겹쳐 2/9(화)에 대신 쉽니다"),
        (date(2025, 10, 5), "일요일과 겹쳐 10/8(수)에 대신 쉽니다"),
        (date(2026, 12, 25), ""),
        (date(2026, 9, 25), ""),
    ],
)
def test_a_holiday_on_a_weekend_says_whether_another_day_is_off_instead(on: date, remark: str) -> None:
    assert listed(on.year)[on].remark == remark


@pytest.mark.parametrize("year", range(2022, 2051))
def test_a_holiday_on_a_weekend_names_the_substitute_that_bears_its_name(year: int) -> None:
    days = listed(year)
    substitutes = {
        part.removesuffix(" 대체공휴일"): on
        for on, day in days.items()
        for part in day.name.split("·")
        if part.endswith("대체공휴일")
    }
    for on, day in days.items():
        if on.weekday() >= 5 and day.name in substitutes:
            instead = substitutes[day.name]
            assert f"{instead.month}/{instead.day}(" in day.remark, day


@pytest.mark.parametrize(
    ("name", "kind"),
    [("신정", "공휴일"), ("설날 대체공휴일", "대체공휴일"), ("임시공휴일", "임시공휴일"), ("지방선거일", "선거일")],
)
def test_the_kind_of_a_public_holiday_is_told_by_its_name(name: str, kind: str) -> None:
    assert public_kind(name) == kind


def test_own_days_stand_among_the_public_ones_with_who_said_so() -> None:
    at = datetime(2026, 11, 23, 1, tzinfo=UTC)
    added = OwnDay(date(2026, 11, 27), "구민의 날", HolidayKind.LOCAL, True, "조례 제5조", "봉다온", at)
    taken = OwnDay(date(2026, 12, 25), "성탄절", None, False, "선거 지원", "봉다온", at)
    days = listed(2026, added, taken)
    assert list(days) == sorted(days)
    assert days[added.on] == YearDay(added.on, "구민의 날", DayLook.ADDED, "지방 휴무일", "", added)
    assert (days[taken.on].look, days[taken.on].name, days[taken.on].own) == (DayLook.TAKEN, "성탄절", taken)


@pytest.mark.parametrize(
    ("on", "remark"),
    [
        (date(2026, 11, 28), "토요일이라 기한에는 영향이 없습니다"),
        (date(2026, 12, 25), "공휴일 자료에도 있습니다: 성탄절"),
    ],
)
def test_an_added_day_that_changes_nothing_says_so(on: date, remark: str) -> None:
    assert listed(2026, OwnDay(on, "창립일", HolidayKind.AGENCY, True))[on].remark == remark


@given(st.integers(2010, 2050))
def test_the_months_hold_every_day_of_the_year_once_under_its_weekday(year: int) -> None:
    days = days_of_year(public_holidays([year]), [])
    months = months_of_year(year, days)
    dates = [on for month in months for on, _ in month.days]
    assert dates == sorted(set(dates))
    assert (dates[0], dates[-1]) == (date(year, 1, 1), date(year, 12, 31))
    for month in months:
        column = {(month.blanks + at) % 7 for at, (on, _) in enumerate(month.days) if on.weekday() == 6}
        assert column == {0}
    assert [day for month in months for _, day in month.days if day] == days
    assert sum(month.off for month in months) == sum(day.on.weekday() < 5 for day in days)


def test_a_holiday_that_is_worked_counts_as_no_day_off_of_its_month() -> None:
    taken = OwnDay(date(2026, 12, 25), "성탄절", None, False)
    assert months_of_year(2026, days_of_year(public_holidays([2026]), [taken]))[11].off == 0
    assert months_of_year(2026, days_of_year(public_holidays([2026]), []))[11].off == 1
