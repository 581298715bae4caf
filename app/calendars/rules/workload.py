"""The load of the coming four weeks against what fits into them. Pure.

A visit is counted once: a household whose visit is planned already is not counted a second time for its due.
Whatever is overdue has to be done first, so it counts into the first week. During leave the work goes to who covers.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from app.core.labelled import Labelled
from app.core.working_days import WorkingDays
from app.visits.rules import Leave

ONE_DAY = timedelta(days=1)
WEEKS_AHEAD = 4
SUNDAY = 6


class Fit(Labelled):
    """How a week's load lies to what fits into it."""

    ROOM = "ROOM", "여유"
    EXACT = "EXACT", "딱 맞음"
    OVER = "OVER", "넘침"
    REST = "REST", "쉬는 주"


class Slice(Labelled):
    """Which part of a week's work a number counts."""

    LOAD = "LOAD", "할 일"
    DUE = "DUE", "기한"
    OVERDUE = "OVERDUE", "지난 기한"
    PLANNED = "PLANNED", "잡힌 일정"
    TAKEN = "TAKEN", "대직으로 받음"
    HANDED = "HANDED", "대직으로 넘김"


@dataclass(frozen=True, slots=True)
class Week:
    """Days that are still to come of one week, both included."""

    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class Task:
    """What takes somebody to a household: a due of its own, or a visit that stands in the calendar."""

    household_id: int
    on: date
    """The due date, or the day it is planned for."""
    holder_id: int | None
    """Whose it is; None for a household nobody is responsible for."""
    planned_id: UUID | None = None
    """The visit in the calendar; None for a due."""


@dataclass(frozen=True)
class Share:
    """The work of one person in one week. Its parts are the rows that the numbers of a page open."""

    bearer_id: int | None
    due: tuple[Task, ...] = ()
    """One for each household, its earliest; overdue ones stand in the first week."""
    planned: tuple[Task, ...] = ()
    settled: frozenset[int] = frozenset()
    """Households among the due whose visit is planned by the end of the week; of what is overdue, in any week."""
    handed: tuple[Task, ...] = ()
    """What a colleague does instead during leave; not among the load."""
    overdue_before: date = date.min

    @cached_property
    def load(self) -> tuple[Task, ...]:
        """The visits to make: those planned, and a visit for each due household without one."""
        return self.planned + tuple(task for task in self.due if task.household_id not in self.settled)

    def of(self, part: Slice) -> tuple[Task, ...]:
        """The rows behind one number of this week."""
        if part is Slice.OVERDUE:
            return tuple(task for task in self.due if task.on < self.overdue_before)
        if part is Slice.TAKEN:
            return tuple(task for task in self.load if task.holder_id != self.bearer_id)
        return {Slice.LOAD: self.load, Slice.DUE: self.due, Slice.PLANNED: self.planned, Slice.HANDED: self.handed}[
            part
        ]


@dataclass(frozen=True, slots=True)
class Balance:
    """Load against capacity, both in visits a week (≥ 0)."""

    load: int
    capacity: int

    @property
    def margin(self) -> int:
        """How many visits still fit; negative when there are more than fit."""
        return self.capacity - self.load

    @property
    def fit(self) -> Fit:
        if not self.load and not self.capacity:
            return Fit.REST
        if not self.margin:
            return Fit.EXACT
        return Fit.ROOM if self.margin > 0 else Fit.OVER

    @property
    def words(self) -> str:
        """«여유 3», «딱 맞음», «넘침 6», «쉬는 주»."""
        return self.fit.label if self.fit in (Fit.EXACT, Fit.REST) else f"{self.fit.label} {abs(self.margin)}"

    def __add__(self, other: Balance) -> Balance:
        return Balance(self.load + other.load, self.capacity + other.capacity)


def coming_weeks(today: date, working_days: WorkingDays, *, count: int = WEEKS_AHEAD) -> tuple[Week, ...]:
    """This week from today on and those after it, Monday to Sunday; when no day of it is worked any more, from the next.

    Raises MissingHolidayYear.
    """
    sunday = today + timedelta(days=SUNDAY - today.weekday())
    first = today if working_days.count_between(today, sunday) else sunday + ONE_DAY
    ends = [first + timedelta(days=SUNDAY - first.weekday(), weeks=number) for number in range(count)]
    return tuple(Week(max(first, end - timedelta(days=SUNDAY)), end) for end in ends)


def capacity_in(
    week: Week, *, person_id: int, visits_per_day: int, leaves: Iterable[Leave], working_days: WorkingDays
) -> int:
    """How many visits fit into a week: those of a day (≥ 0) for each working day on which the person is there.

    Raises MissingHolidayYear.
    """
    own = [leave for leave in leaves if leave.account_id == person_id]
    days = (week.first_on + timedelta(days=n) for n in range((week.last_on - week.first_on).days + 1))
    there = sum(1 for day in days if working_days.is_working(day) and not any(leave.holds(day) for leave in own))
    return visits_per_day * there


def share_out(
    tasks: Iterable[Task], *, weeks: Sequence[Week], leaves: Collection[Leave], today: date
) -> dict[tuple[int | None, int], Share]:
    """Who does what in which week (its place in `weeks`); persons and weeks without anything are left out.

    Tasks after the last week are nobody's yet, and a visit planned for a day before `today` is no longer to come.
    """
    borne: dict[tuple[int | None, int], list[Task]] = defaultdict(list)
    handed: dict[tuple[int | None, int], list[Task]] = defaultdict(list)
    ends = [week.last_on for week in weeks]
    for task in tasks:
        place = _place(task, ends, today)
        if place is None:
            continue
        bearer = _bearer(task, max(task.on, weeks[0].first_on), leaves)
        borne[bearer, place].append(task)
        if bearer != task.holder_id:
            handed[task.holder_id, place].append(task)
    planned_in = _first_planned(borne)
    return {
        key: _share(key, borne.get(key, ()), handed.get(key, ()), planned_in, today)
        for key in sorted(borne.keys() | handed.keys(), key=lambda key: (key[0] or 0, key[1]))
    }


def _place(task: Task, ends: Sequence[date], today: date) -> int | None:
    """The number of the week in which it is to be done."""
    if task.planned_id is not None and task.on < today:
        return None
    place = bisect_left(ends, task.on)
    return place if place < len(ends) else None


def _bearer(task: Task, day: date, leaves: Iterable[Leave]) -> int | None:
    """Who does it: who covers on that day, else whose it is."""
    covering = (leave.cover_id for leave in leaves if leave.account_id == task.holder_id and leave.holds(day))
    return next(covering, task.holder_id)


def _first_planned(borne: dict[tuple[int | None, int], list[Task]]) -> dict[tuple[int | None, int], int]:
    """The first week in which each person has a visit planned at each household."""
    found: dict[tuple[int | None, int], int] = {}
    for (bearer, place), tasks in borne.items():
        for task in tasks:
            if task.planned_id is not None:
                key = bearer, task.household_id
                found[key] = min(place, found.get(key, place))
    return found


def _share(
    key: tuple[int | None, int], borne: Iterable[Task], handed: Iterable[Task],
    planned_in: dict[tuple[int | None, int], int], today: date,
) -> Share:  # fmt: skip
    bearer, place = key
    due, planned = _once_each(borne)
    settled = {
        task.household_id
        for task in due
        if (found := planned_in.get((bearer, task.household_id))) is not None and (found <= place or task.on < today)
    }
    given_due, given = _once_each(handed)
    visited = {task.household_id for task in given}
    given += tuple(task for task in given_due if task.household_id not in visited)
    return Share(bearer, due, planned, frozenset(settled), given, overdue_before=today)


def _once_each(tasks: Iterable[Task]) -> tuple[tuple[Task, ...], tuple[Task, ...]]:
    """The earliest due of each household, and every planned visit, each in the order of their days."""
    earliest: dict[int, Task] = {}
    planned: list[Task] = []
    for task in sorted(tasks, key=lambda task: (task.on, task.household_id)):
        if task.planned_id is None:
            earliest.setdefault(task.household_id, task)
        else:
            planned.append(task)
    return tuple(earliest.values()), tuple(planned)
