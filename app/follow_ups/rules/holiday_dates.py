"""A date as offices write it in a list of days off. Standard library and text only."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from app.core.working_days import WEEKDAY_NAMES

_MARK = r"\s*(?:[.\-/·,‐-―−]|년|월|\s)\s*"
_WEEKDAY = r"\s*[(\[]?\s*(?:([월화수목금토일])(?:요일)?)?\s*[)\]]?"
_MIDNIGHT = r"(?:[T ]\s*0?0:00(?::00(?:\.0+)?)?)?"
_WRITTEN = re.compile(
    rf"['‘’]?(\d{{4}}|\d{{2}}){_MARK}(\d{{1,2}}){_MARK}(\d{{1,2}})\s*(?:일(?!요일)(?!\s*[)\]]))?\.?{_WEEKDAY}{_MIDNIGHT}"
)
_FIGURES = re.compile(rf"(\d{{4}})(\d{{2}})(\d{{2}})(?:\.0+)?{_WEEKDAY}")
_SHORT_FIGURES = re.compile(r"(\d{2})(\d{2})(\d{2})(?:\.0+)?")
_SPREADSHEET_SERIAL = re.compile(r"(\d{5})(?:\.0+)?")
_SERIAL_ZERO = date(1899, 12, 30)
_NO_YEAR = re.compile(r"\d{1,2}\s*(?:월|[./\-])\s*\d{1,2}\s*(?:일|\.)?.{0,6}")
_SEVERAL = re.compile(r"[~∼～〜]|부터|까지")
_CENTURY = 2000


class DayError(ValueError):
    """The text is no single day; the message is a short Korean reason."""


def read_day(text: str, *, weekday: str = "") -> date:
    """The day a cell stands for.

    Accepts «2026-10-05», «2026.10.5», «2026. 10. 5.(월)», «2026년 10월 5일 월요일», «20261005», «26.10.5», «261005»
    and a spreadsheet's serial number. Years of two figures are of this century: a day off lies ahead.

    Args:
        weekday: what a column of its own says the weekday is, e.g. «월» or «월요일»; "" when there is none.

    Raises:
        DayError: nothing there, no date, no such day, several days, no year, the lunar calendar, or a weekday that
            is not that day's.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    if not plain:
        raise DayError("날짜가 비어 있습니다")
    if "음력" in plain or "(음)" in plain:
        raise DayError("음력 날짜입니다. 양력으로 적어 주세요")
    on, written_weekday = _read(plain)
    for said in (written_weekday, weekday.strip()[:1]):
        if said and said in WEEKDAY_NAMES and said != WEEKDAY_NAMES[on.weekday()]:
            raise DayError(f"요일이 맞지 않습니다. {on.isoformat()}은 {WEEKDAY_NAMES[on.weekday()]}요일입니다")
    return on


def _read(plain: str) -> tuple[date, str]:
    if match := _WRITTEN.fullmatch(plain) or _FIGURES.fullmatch(plain):
        return _day(match[1], match[2], match[3]), match[4] or ""
    if match := _SHORT_FIGURES.fullmatch(plain):
        return _day(match[1], match[2], match[3]), ""
    if match := _SPREADSHEET_SERIAL.fullmatch(plain):
        return _SERIAL_ZERO + timedelta(days=int(match[1])), ""
    if _SEVERAL.search(plain):
        raise DayError("여러 날이 한 줄에 있습니다. 하루에 한 줄씩 나누어 주세요")
    if _NO_YEAR.fullmatch(plain):
        raise DayError("연도가 없습니다. 2026-10-05처럼 적어 주세요")
    raise DayError("날짜로 읽을 수 없습니다")


def _day(year: str, month: str, day: str) -> date:
    try:
        return date(int(year) + (_CENTURY if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        raise DayError("없는 날짜입니다") from None
