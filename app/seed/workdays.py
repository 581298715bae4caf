"""Working days, as the planner needs them: Monday to Friday without the holidays it was told of."""

from __future__ import annotations

import calendar
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Workdays:
    """`holidays` are the public holidays to stay at home on; none are known unless given."""

    holidays: frozenset[date] = frozenset()

    @classmethod
    def without(cls, holidays: Collection[date]) -> Workdays:
        return cls(frozenset(holidays))

    def includes(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.holidays

    def at_or_before(self, day: date) -> date:
        """The latest working day not after `day`."""
        while not self.includes(day):
            day -= DAY
        return day

    def at_or_after(self, day: date) -> date:
        """The earliest working day not before `day`."""
        while not self.includes(day):
            day += DAY
        return day

    def before(self, day: date, count: int = 1) -> date:
        """The working day `count` working days before `day`."""
        for _ in range(count):
            day = self.at_or_before(day - DAY)
        return day

    def after(self, day: date, count: int = 1) -> date:
        """The working day `count` working days after `day`."""
        for _ in range(count):
            day = self.at_or_after(day + DAY)
        return day

    def nearest(self, day: date) -> date:
        """`day` itself, or the working day before it, or at most a long weekend later the one after it."""
        return day if self.includes(day) else self.at_or_before(day)

    def between(self, first: date, last: date) -> list[date]:
        """All working days from `first` to `last`, both included."""
        days = (first + DAY * step for step in range((last - first).days + 1))
        return [day for day in days if self.includes(day)]


def add_months(day: date, months: int) -> date:
    """The same day `months` calendar months later, or the last day of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
