"""The public holidays we ship, against days known from the statute and the official calendars."""

from __future__ import annotations

from datetime import date

import pytest
from app.core.holidays import RELIABLE_YEARS, public_holidays, working_days
from app.core.working_days import MissingHolidayYear


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 1, 1), "신정"),
        (date(2026, 2, 16), "설날 연휴"),
        (date(2026, 2, 17), "설날 연휴"),
        (date(2026, 3, 2), "삼일절 대체공휴일"),
        (date(2026, 5, 1), "노동절"),
        (date(2026, 5, 25), "부처님오신날 대체공휴일"),
        (date(2026, 6, 3), "지방선거일"),
        (date(2026, 7, 17), "제헌절"),
        (date(2026, 9, 24), "추석 연휴"),
        (date(2026, 9, 25), "추석 연휴"),
        (date(2026, 10, 5), "개천절 대체공휴일"),
        (date(2026, 12, 25), "성탄절"),
        (date(2025, 1, 27), "임시공휴일"),
        (date(2025, 5, 5), "부처님오신날·어린이날"),
        (date(2025, 10, 8), "추석 대체공휴일"),
        (date(2028, 10, 3), "개천절·추석 연휴"),
        (date(2027, 12, 27), "성탄절 대체공휴일"),
    ],
)
def test_holidays_carry_the_names_people_use(day: date, name: str) -> None:
    assert public_holidays([day.year])[day] == name


@pytest.mark.parametrize(
    "day",
    [
        date(2025, 5, 1),  # 노동절 is a public holiday only from 2026
        date(2025, 7, 17),  # 제헌절 likewise
        date(2026, 6, 8),  # 현충일 on a Saturday has no substitute
        date(2026, 9, 28),  # 추석 ending on a Saturday has none either
        date(2026, 9, 23),
    ],
)
def test_days_that_are_worked_are_not_holidays(day: date) -> None:
    assert day not in public_holidays([day.year])
    assert working_days(range(day.year, day.year + 1)).is_working(day)


def test_every_reliable_year_has_the_full_set_of_holidays() -> None:
    found = public_holidays(RELIABLE_YEARS)
    for year in RELIABLE_YEARS:
        names = " ".join(name for day, name in found.items() if day.year == year)
        assert all(word in names for word in ("신정", "설날", "삼일절", "추석", "성탄절")), year


@pytest.mark.parametrize("year", [RELIABLE_YEARS[0] - 1, RELIABLE_YEARS[-1] + 1, 2100])
def test_a_year_nobody_vouches_for_is_refused(year: int) -> None:
    with pytest.raises(MissingHolidayYear) as caught:
        public_holidays([2026, year])
    assert caught.value.year == year


def test_a_district_adds_and_removes_days() -> None:
    days = working_days(range(2026, 2027), added={date(2026, 9, 23): "임시공휴일"}, removed=[date(2026, 10, 5)])
    assert days.reason(date(2026, 9, 23)) == "임시공휴일"
    assert days.is_working(date(2026, 10, 5))
    assert days.on_or_before(date(2026, 9, 25)) == date(2026, 9, 22)
