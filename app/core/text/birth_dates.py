"""Dates of birth as they stand in Korean lists."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta

OLDEST_YEARS = 120
"""Nobody older is believed: Korea's oldest residents are under 115, a mistyped century makes 130."""

_SEPARATOR = r"\s*(?:[.\-/·,‐-―−]|년|월)\s*"
_WITH_SEPARATORS = re.compile(
    rf"['‘’]?(\d{{4}}|\d{{2}})(?:{_SEPARATOR}|\s+)(\d{{1,2}})(?:{_SEPARATOR}|\s+)(\d{{1,2}})\s*[일.]?\s*(?:생)?"
    r"(?:[T ]\s*00:00(?::00(?:\.0+)?)?)?"
)
_FIGURES = re.compile(r"(\d{4}|\d{2})(\d{2})(\d{2})(?:\.0+)?")
_RESIDENT_NUMBER = re.compile(r"(\d{2})(\d{2})(\d{2})(?:\s*[-‐-―−]\s*|(?=.{7}$))([0-9*●])[\d*●xX]{0,6}")
_SPREADSHEET_SERIAL = re.compile(r"(\d{5})(?:\.0+)?")
_CALENDAR_REMARK = re.compile(r"\(\s*(양|음)\s*력?\s*\)|(양|음)력")
_CENTURIES = {"1": 1900, "2": 1900, "5": 1900, "6": 1900, "3": 2000, "4": 2000, "7": 2000, "8": 2000}


class BirthDateError(ValueError):
    """The text is no believable date of birth; the message is a short Korean reason."""


def parse_birth_date(value: str | date | float, *, today: date) -> date:
    """The date of birth that `value` stands for.

    Accepts «1982. 6. 24.», «1938.12.28», «1959-08-27», «19380916», «1982년 6월 24일», «380916», «38.9.16»,
    «380916-2» (the figure after the hyphen tells the century), a date or datetime, and a spreadsheet's serial
    number of five figures (from 1927 on; four figures are taken for a year alone).

    Raises:
        BirthDateError: no date, no such day, after `today`, over 120 years ago, the lunar calendar, or a year
            of two figures that fits both centuries (a guess would make a child of a centenarian).
    """
    if isinstance(value, datetime):
        return _believable(value.date(), today)
    if isinstance(value, date):
        return _believable(value, today)
    text = value if isinstance(value, str) else f"{value:.0f}"
    if match := _FIGURES.fullmatch(text):  # by far the most frequent spellings come first
        return _from_parts(match[1], match[2], match[3], today)
    if match := _WITH_SEPARATORS.fullmatch(text):
        return _from_parts(match[1], match[2], match[3], today)
    return _from_other_spelling(_plain(text), today)


def _plain(text: str) -> str:
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    if remark := _CALENDAR_REMARK.search(text):
        if "음" in remark[0]:
            raise BirthDateError("음력 날짜입니다")
        text = _CALENDAR_REMARK.sub("", text).strip()
    return text


def _from_other_spelling(text: str, today: date) -> date:
    if not text:
        raise BirthDateError("비어 있습니다")
    if match := _WITH_SEPARATORS.fullmatch(text) or _FIGURES.fullmatch(text):
        return _from_parts(match[1], match[2], match[3], today)
    if match := _RESIDENT_NUMBER.fullmatch(text):
        return _from_resident_number(match, today)
    if match := _SPREADSHEET_SERIAL.fullmatch(text):
        return _believable(date(1899, 12, 30) + timedelta(days=int(match[1])), today)
    raise BirthDateError("날짜로 읽을 수 없습니다")


def _from_resident_number(match: re.Match[str], today: date) -> date:
    if match[4] in "*●":  # masked: the century is hidden as well
        return _from_parts(match[1], match[2], match[3], today)
    year = _CENTURIES.get(match[4], 1800) + int(match[1])
    return _believable(_day(year, match[2], match[3]), today)


def _from_parts(year: str, month: str, day: str, today: date) -> date:
    if len(year) == 4:
        return _believable(_day(int(year), month, day), today)
    readings = [_day(century + int(year), month, day) for century in (1900, 2000) if _exists(century, year, month, day)]
    if not readings:
        raise BirthDateError("없는 날짜입니다")
    believable = [reading for reading in readings if today.year - OLDEST_YEARS <= reading.year and reading <= today]
    if len(believable) == 2:
        raise BirthDateError(f"{believable[0].year}년인지 {believable[1].year}년인지 알 수 없습니다")
    return _believable((believable or readings)[0], today)


def _exists(century: int, year: str, month: str, day: str) -> bool:
    try:
        _day(century + int(year), month, day)
    except BirthDateError:
        return False
    return True


def _day(year: int, month: str, day: str) -> date:
    try:
        return date(year, int(month), int(day))
    except ValueError:
        raise BirthDateError("없는 날짜입니다") from None


def _believable(born_on: date, today: date) -> date:
    if born_on > today:
        raise BirthDateError("오늘보다 뒤의 날짜입니다")
    if born_on.year < today.year - OLDEST_YEARS:
        raise BirthDateError(f"{OLDEST_YEARS}세가 넘는 날짜입니다")
    return born_on
