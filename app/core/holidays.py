"""Public holidays of Korea from the `holidays` library, in the names people use, made into `WorkingDays`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from holidays import country_holidays

from app.core.working_days import MissingHolidayYear, WorkingDays

RELIABLE_YEARS = range(1990, 2051)
"""From the year after the three-day 설·추석 came to the last lunar year that 한국천문연구원 has published.

The library computes on to 2100, but 설, 추석 and 부처님오신날 would rest on nobody's word. Within the range,
days that are declared weeks ahead (임시공휴일, by-elections) can only come from the override table.
"""

_THREE_DAYS = re.compile(r"(설날|추석)(?: 전날| 다음날)?")
_SPOKEN = {"신정연휴": "신정", "기독탄신일": "성탄절"}


def public_holidays(years: Iterable[int]) -> dict[date, str]:
    """Every public holiday of `years` with its Korean name, e.g. «추석 연휴», «개천절 대체공휴일».

    Raises MissingHolidayYear for a year outside RELIABLE_YEARS.
    Source: 공휴일에 관한 법률 (제헌절 and 노동절 from 2026), as kept by the `holidays` library.
    """
    return dict(entry for year in years for entry in _holidays_of(year))


def working_days(years: range, *, added: Mapping[date, str] | None = None, removed: Iterable[date] = ()) -> WorkingDays:
    """Working days of consecutive `years`, after a district's own days are `added` and others `removed`.

    Raises MissingHolidayYear for a year outside RELIABLE_YEARS.
    """
    return WorkingDays(public_holidays(years), years).with_overrides(added or {}, removed)


@lru_cache(maxsize=len(RELIABLE_YEARS))
def _holidays_of(year: int) -> tuple[tuple[date, str], ...]:
    if year not in RELIABLE_YEARS:
        raise MissingHolidayYear(year)
    found = country_holidays("KR", years=year, language="ko", categories="public")
    return tuple((day, _spoken(name)) for day, name in sorted(found.items()) if day.year == year)


def _spoken(name: str) -> str:
    """As people say it: the three days of 설 and 추석 are one 연휴, a substitute is a 대체공휴일."""
    return "·".join(_spoken_one(part) for part in name.split("; "))


def _spoken_one(name: str) -> str:
    base, substitute, _ = name.partition(" 대체 휴일")
    if substitute:
        return f"{_SPOKEN.get(base, base)} 대체공휴일"
    three_days = _THREE_DAYS.fullmatch(name)
    return f"{three_days[1]} 연휴" if three_days else _SPOKEN.get(name, name)
