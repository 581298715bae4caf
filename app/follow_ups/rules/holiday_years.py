"""One year of days off as people read it: what each day is, and what a holiday on a weekend means. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.core.labelled import Labelled
from app.core.working_days import SATURDAY, WEEKDAY_NAMES
from app.follow_ups.rules.holiday_changes import is_weekend
from app.follow_ups.rules.vocabulary import HolidayKind

SUBSTITUTE_WITHIN = timedelta(days=9)
"""A substitute comes on the first working day after the holiday; no run of days off is longer."""
_SUBSTITUTE = " 대체공휴일"
_THREE_DAYS = ("설날 연휴", "추석 연휴")


class DayLook(Labelled):
    """How a day stands in the list of a year."""

    PUBLIC = "PUBLIC", "공휴일"
    ADDED = "ADDED", "추가한 날"
    TAKEN = "TAKEN", "근무하는 날"


@dataclass(frozen=True, slots=True)
class OwnDay:
    """What the 시군구 said about a day: added with a name and a kind, or taken away."""

    on: date
    name: str
    kind: HolidayKind | None
    is_holiday: bool
    note: str = ""
    set_by: str = ""
    set_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class YearDay:
    """One day of the list."""

    on: date
    name: str
    look: DayLook
    kind_label: str
    remark: str = ""
    """What it means that the day is on a weekend, or in both lists."""
    own: OwnDay | None = None


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the overview; weeks begin on Sunday, as Korean calendars do."""

    number: int
    blanks: int
    """Empty places before the first, 0 to 6."""
    days: tuple[tuple[date, YearDay | None], ...]

    @property
    def off(self) -> int:
        """Days from Monday to Friday that are off."""
        return sum(day is not None and day.look is not DayLook.TAKEN and not is_weekend(on) for on, day in self.days)


def public_kind(name: str) -> str:
    """What a day of the public list is, told by its name: «대체공휴일», «임시공휴일», «선거일», else «공휴일»."""
    for word, kind in (
        ("대체", HolidayKind.SUBSTITUTE),
        ("임시", HolidayKind.TEMPORARY),
        ("선거", HolidayKind.ELECTION),
    ):
        if word in name:
            return kind.label
    return "공휴일"


def days_of_year(public: Mapping[date, str], own: Iterable[OwnDay]) -> list[YearDay]:
    """Every day that is, or would be, off in the order of the calendar.

    Args:
        public: the public holidays of the year by date, a few days of the next year included where they are known.
        own: what the 시군구 added and took away in the year.
    """
    days = {on: _public_day(on, name, public) for on, name in public.items()}
    for each in own:
        days[each.on] = _own_day(each, public)
    return [days[on] for on in sorted(days)]


def _public_day(on: date, name: str, public: Mapping[date, str]) -> YearDay:
    return YearDay(on, name, DayLook.PUBLIC, public_kind(name), _on_weekend(on, name, public))


def _own_day(own: OwnDay, public: Mapping[date, str]) -> YearDay:
    if not own.is_holiday:
        name = public.get(own.on, own.name)
        return YearDay(own.on, name, DayLook.TAKEN, public_kind(name), own=own)
    label = own.kind.label if own.kind else "휴무일"
    remark = f"공휴일 자료에도 있습니다: {public[own.on]}" if own.on in public else _weekend_only(own.on)
    return YearDay(own.on, own.name, DayLook.ADDED, label, remark, own)


def _weekend_only(on: date) -> str:
    return f"{WEEKDAY_NAMES[on.weekday()]}요일이라 기한에는 영향이 없습니다" if is_weekend(on) else ""


def _on_weekend(on: date, name: str, public: Mapping[date, str]) -> str:
    """«토요일과 겹쳐 10/5(월)에 대신 쉽니다», or that nobody rests instead; empty on a weekday."""
    if not is_weekend(on):
        return ""
    weekday = f"{WEEKDAY_NAMES[on.weekday()]}요일"
    substitute = _substitute_of(on, name, public)
    if substitute is None:
        return f"{weekday}과 겹치고, 대체공휴일은 없습니다"
    return f"{weekday}과 겹쳐 {substitute.month}/{substitute.day}({WEEKDAY_NAMES[substitute.weekday()]})에 대신 쉽니다"


def _substitute_of(on: date, name: str, public: Mapping[date, str]) -> date | None:
    """The substitute of a holiday on a weekend. 설날 and 추석 get one for a Sunday only (공휴일에 관한 법률 시행령 §3)."""
    if name in _THREE_DAYS and on.weekday() == SATURDAY:
        return None
    wanted = {f"{part.removesuffix(' 연휴')}{_SUBSTITUTE}" for part in name.split("·")}
    later = (day for day in sorted(public) if on < day <= on + SUBSTITUTE_WITHIN)
    return next((day for day in later if wanted & set(public[day].split("·"))), None)


def months_of_year(year: int, days: Iterable[YearDay]) -> list[Month]:
    """The twelve months of a year with the days of the list in them."""
    known = {day.on: day for day in days if day.on.year == year}
    return [_month(year, number, known) for number in range(1, 13)]


def _month(year: int, number: int, known: Mapping[date, YearDay]) -> Month:
    first_weekday, length = monthrange(year, number)
    dates = [date(year, number, day) for day in range(1, length + 1)]
    return Month(
        number,
        (first_weekday + 1) % 7,
        tuple((on, known.get(on)) for on in dates),
    )
