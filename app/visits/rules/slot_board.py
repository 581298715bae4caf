"""The board a visit is planned on: ten working days as columns, their hours as slots, each saying what stands there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from app.core.labelled import Labelled
from app.core.working_days import WEEKDAY_NAMES, WorkingDays
from app.visits.rules.conflicts import Engagement, Leave, Surroundings, gap_between, way_between
from app.visits.rules.planning import LUNCH, Slot, day_words, slots

DAYS_SHOWN = 10
ONE_DAY = timedelta(days=1)
SATURDAY = 5
ENOUGH_TO_BE_USUAL = 3
"""So many meetings, half of them on one weekday, make it the usual one."""


class SlotState(Labelled):
    """What a slot of the board looks like."""

    FREE = "FREE", "비어 있음"
    TIGHT = "TIGHT", "이동 빠듯"
    TAKEN = "TAKEN", "다른 방문"
    OWN = "OWN", "지금 잡힌 시간"
    GONE = "GONE", "지난 시각"


@dataclass(frozen=True, slots=True)
class SlotCell:
    """One hour of one day."""

    on: date
    at: time
    state: SlotState
    title: str = ""
    """Whose visit stands there."""

    @property
    def value(self) -> str:
        """What a form sends: «2026-11-24T10:00»."""
        return f"{self.on.isoformat()}T{self.at:%H:%M}"

    @property
    def is_lunch(self) -> bool:
        return LUNCH[0] <= self.at < LUNCH[1]

    @property
    def is_open(self) -> bool:
        """Whether it may be chosen."""
        return self.state is not SlotState.GONE


@dataclass(frozen=True, slots=True)
class DayColumn:
    """One day of the board."""

    on: date
    cells: tuple[SlotCell, ...]
    closed: str = ""
    """Why nobody works: the holiday's name; such a day has no slots."""
    away: str = ""
    """Who is away and who covers."""
    already: str = ""
    """That this household is visited that day already."""
    is_suggested: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The day the engine and habit speak for, with the reason."""

    on: date
    because: str


def days_of_board(first_on: date, days: WorkingDays, *, count: int = DAYS_SHOWN) -> list[date]:
    """From `first_on` on the next `count` working days, and the holidays on weekdays between them.

    Raises MissingHolidayYear.
    """
    last = days.after(days.on_or_after(first_on), count - 1)
    span = (first_on + timedelta(days=n) for n in range((last - first_on).days + 1))
    return [day for day in span if day.weekday() < SATURDAY]


def draw_board(
    wanted: Engagement, on_days: Iterable[date], around: Surroundings, *, suggested_on: date | None = None
) -> tuple[DayColumn, ...]:
    """The columns for `wanted`, whose own hour is left out of what stands in its way. Raises MissingHolidayYear."""
    return tuple(_column(wanted, on, around, is_suggested=on == suggested_on) for on in on_days)


def _column(wanted: Engagement, on: date, around: Surroundings, *, is_suggested: bool) -> DayColumn:
    closed = around.working_days.reason(on)
    if closed is not None:
        return DayColumn(on, (), closed=closed)
    same_day = [each for each in around.engagements if each.slot.on == on and each.planned_id != wanted.planned_id]
    cells = tuple(_cell(wanted, on, at, same_day, around.moment) for at in slots())
    return DayColumn(
        on, cells, away=_away(wanted.slot, on, around.leaves), already=_already(wanted, same_day), is_suggested=is_suggested
    )  # fmt: skip


def _cell(
    wanted: Engagement, on: date, at: time, same_day: Sequence[Engagement], moment: tuple[date, time] | None
) -> SlotCell:
    if moment is not None and (on, at) < moment:
        return SlotCell(on, at, SlotState.GONE)
    if wanted.planned_id is not None and (wanted.slot.on, wanted.slot.at) == (on, at):
        return SlotCell(on, at, SlotState.OWN)
    here = replace(wanted, slot=replace(wanted.slot, on=on, at=at))
    state, title = SlotState.FREE, ""
    for other in same_day:
        gap = gap_between(here, other)
        if gap is not None and gap < 0:
            return SlotCell(on, at, SlotState.TAKEN, other.title)
        if gap is not None and gap < way_between(here, other):
            state, title = SlotState.TIGHT, other.title
    return SlotCell(on, at, state, title)


def _away(slot: Slot, on: date, leaves: Iterable[Leave]) -> str:
    found = next((leave for leave in leaves if leave.account_id in slot.people and leave.holds(on)), None)
    return f"{found.name} 부재 · 대직 {found.cover_name}" if found else ""


def _already(wanted: Engagement, same_day: Iterable[Engagement]) -> str:
    hours = [each.slot.at for each in same_day if each.household_id == wanted.household_id]
    if not hours:
        return ""
    return "이미 방문 예정 " + ", ".join(f"{at:%H:%M}" if at else "시간 미정" for at in hours)


def usual_weekday(met_on: Sequence[date]) -> int | None:
    """The weekday (0 Monday) on which a household is usually met; None when there is no habit."""
    if len(met_on) < ENOUGH_TO_BE_USUAL:
        return None
    weekday, often = Counter(day.weekday() for day in met_on).most_common(1)[0]
    return weekday if often * 2 >= len(met_on) and weekday < SATURDAY else None


def suggest_day(
    shown: Sequence[date],
    *,
    due_on: date | None,
    window_start: date | None,
    usual: int | None,
    days: WorkingDays,
    away: Iterable[date] = (),
) -> Suggestion | None:
    """The day to go, out of the days shown: within the due's window, on the usual weekday where there is one.

    What is overdue is suggested for the first day there is. None when nothing is due, or nothing fits. `away` are
    days of leave. Raises MissingHolidayYear.
    """
    gone = set(away)
    free = [on for on in shown if days.is_working(on) and on not in gone]
    if due_on is None or not free:
        return None
    inside = [on for on in free if (window_start or on) <= on <= due_on]
    if not inside:
        return _outside(free[0], due_on)
    habit = [on for on in inside if on.weekday() == usual]
    if habit:
        said = f"기한 {day_words(due_on)}까지 · 늘 {WEEKDAY_NAMES[usual or 0]}요일에 만남"
        return Suggestion(habit[-1], said)
    return Suggestion(inside[-1], f"기한 {day_words(due_on)}까지")


def _outside(first_free: date, due_on: date) -> Suggestion | None:
    """Past its date the first free day; before its window nothing is said."""
    if due_on < first_free:
        return Suggestion(first_free, f"기한 {day_words(due_on)} 지남 · 가장 빠른 날")
    return None
