"""Weeks and months as a calendar on the wall shows them: Monday first, whole weeks, named as people say them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.core.labelled import Labelled

WEEK_DAYS = 7
SATURDAY = 5


class Scale(Labelled):
    """How much of the calendar is looked at."""

    DAY = "DAY", "일"
    WEEK = "WEEK", "주"
    MONTH = "MONTH", "월"


@dataclass(frozen=True, slots=True)
class Span:
    """The days one page shows."""

    scale: Scale
    on: date
    """The day asked for."""
    days: tuple[date, ...]
    """All days shown; of a month the rest of its first and last week as well."""

    @property
    def first_on(self) -> date:
        return self.days[0]

    @property
    def last_on(self) -> date:
        return self.days[-1]

    @property
    def weeks(self) -> list[tuple[date, ...]]:
        """The days by seven."""
        return [self.days[at : at + WEEK_DAYS] for at in range(0, len(self.days), WEEK_DAYS)]

    @property
    def earlier_on(self) -> date:
        """A day of the span before."""
        if self.scale is Scale.MONTH:
            return (self.on.replace(day=1) - timedelta(days=1)).replace(day=1)
        return self.on - timedelta(days=len(self.days))

    @property
    def later_on(self) -> date:
        """A day of the span after."""
        if self.scale is Scale.MONTH:
            return (self.on.replace(day=28) + timedelta(days=4)).replace(day=1)
        return self.on + timedelta(days=len(self.days))

    @property
    def words(self) -> str:
        """«2026년 11월», «2026년 11월 23일 ~ 29일», «2026년 11월 30일 ~ 12월 6일»."""
        first, last = self.first_on, self.last_on
        if self.scale is Scale.MONTH:
            return f"{self.on.year}년 {self.on.month}월"
        said = f"{first.year}년 {first.month}월 {first.day}일"
        if first == last:
            return said
        year = f"{last.year}년 " if last.year != first.year else ""
        month = f"{last.month}월 " if (last.year, last.month) != (first.year, first.month) else ""
        return f"{said} ~ {year}{month}{last.day}일"

    def holds(self, on: date) -> bool:
        """Whether the page shows that day."""
        return self.first_on <= on <= self.last_on

    def is_outside(self, on: date) -> bool:
        """Whether a day stands on a month's page without belonging to the month."""
        return self.scale is Scale.MONTH and (on.year, on.month) != (self.on.year, self.on.month)


def week_of(on: date) -> Span:
    """Monday to Sunday around a day."""
    monday = on - timedelta(days=on.weekday())
    return Span(Scale.WEEK, on, tuple(monday + timedelta(days=n) for n in range(WEEK_DAYS)))


def month_of(on: date) -> Span:
    """The weeks that hold a day of its month: four to six of them."""
    first = on.replace(day=1)
    after = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    monday = first - timedelta(days=first.weekday())
    last = after - timedelta(days=1)
    sunday = last + timedelta(days=WEEK_DAYS - 1 - last.weekday())
    return Span(Scale.MONTH, on, tuple(monday + timedelta(days=n) for n in range((sunday - monday).days + 1)))


def day_of(on: date) -> Span:
    """One day."""
    return Span(Scale.DAY, on, (on,))


SPANS = {Scale.DAY: day_of, Scale.WEEK: week_of, Scale.MONTH: month_of}
