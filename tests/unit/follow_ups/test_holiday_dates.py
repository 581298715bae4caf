"""Dates as offices write them in lists of days off."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from app.core.working_days import WEEKDAY_NAMES
from app.follow_ups.rules.holiday_dates import DayError, read_day
from hypothesis import given
from hypothesis import strategies as st

MONDAY = date(2026, 10, 5)


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-05", "2026.10.5", "2026. 10. 5.", "2026. 10. 5.(월)", "2026. 10. 5. (월)", "2026.10.05 월", "2026/10/5",
        "2026년 10월 5일", "2026년10월5일(월)", "2026년 10월 5일 월요일", "20261005", "20261005(월)", "20261005.0", "26.10.5",
        "'26.10.5", "261005", "2026-10-05 00:00:00", "2026-10-05T00:00:00", "2026 10 5", "２０２６．１０．５", " 2026-10-05 ",
        "46300", "46300.0", "2026·10·5", "2026–10–05",
    ],
)  # fmt: skip
def test_one_day_is_read_however_it_is_written(text: str) -> None:
    assert read_day(text) == MONDAY


@pytest.mark.parametrize(
    "text", ["2026.10.4(일)", "2026.10.4 일요일", "2026년 10월 4일", "2026년 10월 4일(일)", "2026.10.4일"]
)
def test_the_sign_for_a_day_and_for_sunday_is_the_same_letter(text: str) -> None:
    assert read_day(text) == date(2026, 10, 4)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "비어"),
        ("추석", "읽을 수 없습니다"),
        ("2026-10", "읽을 수 없습니다"),
        ("2026-02-30", "없는 날짜"),
        ("2026.13.1", "없는 날짜"),
        ("20261305", "없는 날짜"),
        ("10월 5일", "연도가 없습니다"),
        ("10/5", "연도가 없습니다"),
        ("10.5(월)", "연도가 없습니다"),
        ("2026-10-05~2026-10-07", "하루에 한 줄씩"),
        ("2026.10.5~10.7", "하루에 한 줄씩"),
        ("2026년 10월 5일부터 7일까지", "하루에 한 줄씩"),
        ("음력 8월 15일", "음력"),
        ("2026.8.15(음)", "음력"),
        ("2026.10.5(화)", "요일이 맞지 않습니다. 2026-10-05은 월요일입니다"),
        ("2026-10-05 09:00:00", "읽을 수 없습니다"),
    ],
)
def test_what_is_no_single_day_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(DayError, match=r".*" + reason.replace("(", r"\(").replace(".", r"\.")):
        read_day(text)


@pytest.mark.parametrize(
    ("weekday", "agrees"), [("월", True), ("월요일", True), ("", True), ("-", True), ("화", False)]
)
def test_a_column_of_weekdays_is_compared(weekday: str, agrees: bool) -> None:
    if agrees:
        assert read_day("2026-10-05", weekday=weekday) == MONDAY
    else:
        with pytest.raises(DayError, match="요일이 맞지 않습니다"):
            read_day("2026-10-05", weekday=weekday)


SPELLINGS = (
    "{y}-{m:02}-{d:02}", "{y}.{m}.{d}", "{y}. {m}. {d}.({w})", "{y}년 {m}월 {d}일", "{y}년 {m}월 {d}일 {w}요일",
    "{y}{m:02}{d:02}", "{serial}",
)  # fmt: skip


@given(st.dates(date(2010, 1, 1), date(2050, 12, 31)), st.sampled_from(SPELLINGS))
def test_every_day_of_the_planned_years_is_read_in_every_spelling(on: date, spelling: str) -> None:
    serial = (on - date(1899, 12, 30)) // timedelta(days=1)
    weekday = WEEKDAY_NAMES[on.weekday()]
    assert read_day(spelling.format(y=on.year, m=on.month, d=on.day, w=weekday, serial=serial)) == on


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_has_a_reason(text: str) -> None:
    try:
        said = read_day(text).isoformat()
    except DayError as error:
        said = str(error)
    assert said
