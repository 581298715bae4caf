"""How days, moments and figures are written on paper.

Days and times of day as in 행정업무의 운영 및 혁신에 관한 규정 제7조: figures with points for year, month and
day, the 24-hour clock with a colon.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from app.core.clock import korean_time

NONE = "해당 없음"
UNKNOWN = "미확인"
NOT_TAKEN = "-"

_WEEKDAYS = "월화수목금토일"
_ISO_SPAN = re.compile(r"(?<=\d{4}-\d{2}-\d{2})~(?=\d{4}-\d{2}-\d{2})")
_ISO_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})(?!\d)")
_SHORT_DAY = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?=\([월화수목금토일]\))")


def day(on: date | None, otherwise: str = NONE) -> str:
    """«2026. 9. 20.», or `otherwise` when there is no day."""
    return otherwise if on is None else f"{on.year}. {on.month}. {on.day}."


def day_of_week(on: date) -> str:
    """«2026. 9. 20.(일)»."""
    return f"{day(on)}({_WEEKDAYS[on.weekday()]})"


def moment(at: datetime) -> str:
    """«2026. 9. 20. 14:03», on a Korean clock. `at` is aware."""
    korean = korean_time(at)
    return f"{day(korean.date())} {korean:%H:%M}"


def as_on_paper(text: str) -> str:
    """A sentence with its days as papers write them: «2026-09-20(일)» and «9/20(일)» become «2026. 9. 20.(일)», «9. 20.(일)»."""
    text = _ISO_SPAN.sub(" ~ ", text)
    text = _ISO_DAY.sub(lambda found: ". ".join(str(int(part)) for part in found.groups()) + ".", text)
    return _SHORT_DAY.sub(r"\1. \2.", text)


def span(begins_on: date, ends_on: date) -> str:
    """The period under a title: «2026. 1. 1. ~ 2026. 9. 20.»."""
    return f"{day(begins_on)} ~ {day(ends_on)}"


def as_of(on: date) -> str:
    """The one day a paper speaks of: «2026. 9. 20. 기준»."""
    return f"{day(on)} 기준"


def figure(value: float | None, decimals: int = 0) -> str:
    """A measured value with its usual decimals, with more where it has more, and «-» where there is none."""
    if value is None:
        return NOT_TAKEN
    usual = f"{value:.{decimals}f}"
    return usual if float(usual) == value else f"{value:g}"


def listed(words: tuple[str, ...], otherwise: str = NONE) -> str:
    """«A, B, C», or `otherwise` when there is none."""
    return ", ".join(word for word in words if word.strip()) or otherwise
