"""The window of a round (차수): how long lists are worked, and how it is told. Pure.

Rounds seen: 2022 5차 09-26 – 11-18, 2024 2차 03-25 – 05-17, 2024 6차 11-25 – 2025-01-17. Each is 54 days, from a Monday
to the Friday of the eighth week. Source: announcements of the 보건복지부 (2022-09, 2024-03, 2024-11).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

FRIDAY_OF_EIGHTH_WEEK = timedelta(days=53)
LONGEST = timedelta(days=366)
YEARS = range(2000, 2100)
"""In which rounds may lie; another year is a slip of the fingers."""
MONDAY = 0


def default_close(opens_on: date) -> date:
    """The Friday of the eighth week, that in which the round opens being the first; never before the 48th day."""
    return opens_on - timedelta(days=opens_on.weekday()) + FRIDAY_OF_EIGHTH_WEEK


def next_opening(today: date) -> date:
    """The Monday on which a round that is made now may open: today, or the next one."""
    return today + timedelta(days=(MONDAY - today.weekday()) % 7)


@dataclass(frozen=True, slots=True)
class Window:
    """The first and the last day of a round; both are worked."""

    opens_on: date
    closes_on: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.closes_on - self.opens_on).days + 1

    @property
    def fits(self) -> bool:
        """Whether it has a first day before its last, and no more days than a year."""
        return timedelta(0) <= self.closes_on - self.opens_on <= LONGEST

    def is_open(self, today: date) -> bool:
        """Whether today is one of its days."""
        return self.opens_on <= today <= self.closes_on

    def is_over(self, today: date) -> bool:
        """Whether its last day has passed."""
        return self.closes_on < today

    def words(self, today: date) -> str:
        """«12일 남음», «오늘까지», «3일 지남», «5일 뒤 열림»."""
        if today < self.opens_on:
            return f"{(self.opens_on - today).days}일 뒤 열림"
        left = (self.closes_on - today).days
        if left < 0:
            return f"{-left}일 지남"
        return f"{left}일 남음" if left else "오늘까지"
