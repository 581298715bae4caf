"""How dates, times and counts are said in Korean on every page: the Jinja filters."""

from __future__ import annotations

import re
from datetime import date, datetime

from flask import Flask

from app.core.clock import korean_date, korean_time
from app.core.text import format_phone

WEEKDAYS = "월화수목금토일"
_DATE = re.compile(r"(\d{4}-\d\d-\d\d(?:\(.\))?)")


def short_date(on: date | None, *, today: date | None = None) -> str:
    """«11/18(수)», with the year when it is not this one: «2025. 11/18(화)»."""
    if on is None:
        return "없음"
    year = f"{on.year}. " if today is not None and on.year != today.year else ""
    return f"{year}{on.month}/{on.day}({WEEKDAYS[on.weekday()]})"


def long_date(on: date | None) -> str:
    """«2026년 11월 18일 수요일»."""
    return "없음" if on is None else f"{on.year}년 {on.month}월 {on.day}일 {WEEKDAYS[on.weekday()]}요일"


def full_date(on: date | None) -> str:
    """«2026-11-18», or «없음»."""
    return "없음" if on is None else on.isoformat()


def clock_time(at: datetime | None) -> str:
    """«14:05» in Korea."""
    return "" if at is None else korean_time(at).strftime("%H:%M")


def moment(at: datetime | None) -> str:
    """«2026-11-18 14:05» in Korea."""
    return "" if at is None else korean_time(at).strftime("%Y-%m-%d %H:%M")


def korean_day(at: datetime) -> date:
    """The Korean day of a moment, for the words of days: `at|korean_day|short_date`."""
    return korean_date(at)


def thousands(number: int) -> str:
    """«12,345»."""
    return f"{number:,}"


def line_time(at: datetime, has_time: bool, today: date) -> str:
    """«11월 2일 월 14:05», with the year when it is not this one."""
    local = korean_time(at)
    year = f"{local.year}년 " if local.year != today.year else ""
    clock = local.strftime(" %H:%M") if has_time else ""
    return f"{year}{local.month}월 {local.day}일 {WEEKDAYS[local.weekday()]}{clock}"


def phone_number(digits: str) -> str:
    """«010-1234-5678» from the stored figures; what is no number stays as it is."""
    return format_phone(digits)


def date_parts(text: str) -> list[tuple[str, bool]]:
    """A sentence cut at its dates, each part with whether it is one: the page keeps those on one line."""
    return [(part, bool(_DATE.fullmatch(part))) for part in _DATE.split(text) if part]


def install_words(app: Flask) -> None:
    """Make these functions Jinja filters under their own names."""
    words = (
        short_date, long_date, full_date, clock_time, moment, korean_day, thousands, line_time, phone_number, date_parts,
    )  # fmt: skip
    for word in words:
        app.add_template_filter(word)
