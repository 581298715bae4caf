"""Which days are worked: plain arithmetic over holidays that the caller provides. Standard library only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from types import MappingProxyType

WEEKDAY_NAMES = "월화수목금토일"
SATURDAY = 5


class MissingHolidayYear(LookupError):
    """A working day was asked for in a `year` whose holidays nobody has provided."""

    def __init__(self, year: int) -> None:
        super().__init__(f"{year}년 공휴일 자료가 없습니다.")
        self.year = year


@dataclass(frozen=True)
class WorkingDays:
    """Monday to Friday minus `holidays` (date → Korean name), for consecutive `years`.

    Outside them every method raises MissingHolidayYear: an unknown year is not one without holidays.
    With no years at all it knows nothing, and says so whatever it is asked.
    """

    holidays: Mapping[date, str] = field(hash=False)
    years: range
    _first: int = field(init=False, repr=False, compare=False)
    _worked: tuple[date, ...] = field(init=False, repr=False, compare=False)
    _before: tuple[int, ...] = field(init=False, repr=False, compare=False)
    """How many working days lie before each day of the span: counting and stepping are then two look-ups."""

    def __post_init__(self) -> None:
        if self.years.step != 1:
            raise ValueError("years must be consecutive")
        first, end = _ordinals(self.years)
        span = [date.fromordinal(ordinal) for ordinal in range(first, end)]
        is_worked = [day.weekday() < SATURDAY and day not in self.holidays for day in span]
        put = object.__setattr__
        put(self, "holidays", MappingProxyType(dict(self.holidays)))
        put(self, "_first", first)
        put(self, "_worked", tuple(day for day, worked in zip(span, is_worked, strict=True) if worked))
        put(self, "_before", tuple(accumulate(is_worked, initial=0)))

    def with_overrides(self, added: Mapping[date, str], removed: Iterable[date]) -> WorkingDays:
        """The same years with days `added` to the holidays (임시공휴일, agency days) and others `removed`.

        An added name replaces the old one. A removed Saturday or Sunday stays a day off.
        """
        gone = frozenset(removed)
        kept = {day: name for day, name in self.holidays.items() if day not in gone}
        return WorkingDays(kept | dict(added), self.years)

    def is_working(self, day: date) -> bool:
        """Whether `day` is Monday to Friday and no holiday."""
        index = self._index(day)
        return self._before[index + 1] > self._before[index]

    def on_or_before(self, day: date) -> date:
        """The latest working day that is not after `day`."""
        return self._nth(self._before[self._index(day) + 1] - 1)

    def on_or_after(self, day: date) -> date:
        """The earliest working day that is not before `day`."""
        return self._nth(self._before[self._index(day)])

    def count_between(self, first: date, last: date) -> int:
        """How many working days lie in first..last, both included; 0 when `last` is before `first`."""
        if last < first:
            return 0
        return self._before[self._index(last) + 1] - self._before[self._index(first)]

    def after(self, day: date, count: int) -> date:
        """The `count`-th working day after `day` (count ≥ 1); 0 gives `day` itself, worked or not."""
        return self._nth(self._before[self._index(day) + 1] + count - 1) if count else day

    def last_of(self, count: int, until: date) -> date:
        """The first of the last `count` working days up to and including `until`."""
        return self._nth(self._before[self._index(until) + 1] - count)

    def reason(self, day: date) -> str | None:
        """Why `day` is off: its holiday («추석 연휴»), else «토요일» or «일요일»; None when it is worked."""
        if self.is_working(day):
            return None
        return self.holidays.get(day) or f"{WEEKDAY_NAMES[day.weekday()]}요일"

    def holidays_between(self, first: date, last: date) -> tuple[str, ...]:
        """Names of the holidays met on the way from `first` to `last`, forwards or backwards, each once."""
        step = 1 if first <= last else -1
        days = (first + timedelta(days=step * n) for n in range(abs((last - first).days) + 1))
        return tuple(dict.fromkeys(self.holidays[day] for day in days if day in self.holidays))

    def _index(self, day: date) -> int:
        index = day.toordinal() - self._first
        if 0 <= index < len(self._before) - 1:
            return index
        raise MissingHolidayYear(day.year)

    def _nth(self, index: int) -> date:
        if index < 0:
            raise MissingHolidayYear(self.years[0] - 1)
        if index >= len(self._worked):
            raise MissingHolidayYear(self.years[-1] + 1)
        return self._worked[index]


def _ordinals(years: range) -> tuple[int, int]:
    """The first day of `years` and the day after the last; nothing between them when there are none."""
    if not years:
        return 0, 0
    return date(years[0], 1, 1).toordinal(), date(years[-1], 12, 31).toordinal() + 1
