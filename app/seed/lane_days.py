"""The days on which a lane's visits succeeded, so that exactly the wanted standing comes out today."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from .care import Lane, Stretch
from .dice import stream
from .rhythms import RHYTHMS, Rhythm, Standing, next_due, standing
from .workdays import DAY, Workdays

_TRIES = 300


@dataclass(frozen=True, slots=True)
class Course:
    """A lane with the days of its successful visits, oldest first; some stretches may have moved a little."""

    lane: Lane
    days: tuple[date, ...]


class Pacer:
    """Finds those days; no day lies before `first` (a year ago) or after `last` (yesterday)."""

    def __init__(self, seed: int, today: date, workdays: Workdays) -> None:
        self.seed, self.today, self.workdays = seed, today, workdays
        self.first = today - timedelta(days=364)
        self.last = workdays.at_or_before(today - DAY)

    def course(self, lane: Lane, registered_on: date) -> Course:
        """The lane with its days."""
        rng = stream(self.seed, "pace", lane.household, lane.duty)
        lane, days = self._present(rng, lane, registered_on) if lane.is_open else (lane, [])
        for stretch in reversed(lane.stretches[:-1] if lane.is_open else lane.stretches):
            days = self._past(rng, stretch, days) + days
        return Course(lane, tuple(day for day in days if self.first <= day <= self.last))

    def _present(self, rng: Random, lane: Lane, registered_on: date) -> tuple[Lane, list[date]]:
        rhythm = RHYTHMS[lane.rule]
        if rhythm.count:
            starts, days = self._quota(rng, lane, rhythm, registered_on)
        else:
            starts, days = self._interval(rng, lane, rhythm, registered_on)
        return _begin_last_on(lane, starts), days

    def _interval(self, rng: Random, lane: Lane, rhythm: Rhythm, registered_on: date) -> tuple[date, list[date]]:
        begun = lane.stretches[-1].starts_on
        anchor = self._anchor(self._target(rng, lane.standing, rhythm), rhythm)
        anchor = max(anchor, self.workdays.at_or_after(registered_on + DAY))
        if anchor <= begun:
            return anchor, [anchor]
        return begun, [*self._walk_back(rng, begun, anchor, rhythm.step_days), anchor]

    def _target(self, rng: Random, wanted: Standing, rhythm: Rhythm) -> date:
        longest = rhythm.step_days
        if wanted is Standing.OVERDUE:
            return self.workdays.at_or_before(self.today - DAY * rng.randint(1, max(2, min(14, longest // 3))))
        if wanted is Standing.TODAY:
            return self.today
        if wanted is Standing.THIS_WEEK or longest <= 9:
            return self.workdays.at_or_after(self.today + DAY * rng.randint(1, min(7, longest - 1)))
        return self.today + DAY * rng.randint(8, longest - 1)

    def can_fall_today(self, rhythm: Rhythm) -> bool:
        """Whether some working day in the past makes the next visit due exactly today."""
        if rhythm.count:
            return self.workdays.includes(self.today)
        return self._miss(self._anchor(self.today, rhythm), self.today, rhythm) == 0

    def _anchor(self, target: date, rhythm: Rhythm) -> date:
        """The working day, yesterday at the latest, from which the next due date falls on `target` or nearest to it."""
        about = target - DAY * (rhythm.after(target) - target).days
        nearby = [day for day in self.workdays.between(about - DAY * 9, about + DAY * 9) if day <= self.last]
        return min(nearby or [self.last], key=lambda day: (self._miss(day, target, rhythm), day))

    def _miss(self, day: date, target: date, rhythm: Rhythm) -> int:
        due = next_due(rhythm, day, [day], self.workdays)
        return abs(((due or target) - target).days)

    def _walk_back(self, rng: Random, begun: date, anchor: date, step: int) -> list[date]:
        """Days from the beginning of a stretch up to, not including, `anchor`; the first of them is the beginning."""
        days: list[date] = []
        day = anchor
        while True:
            day = self.workdays.at_or_before(day - DAY * max(2, round(step * rng.uniform(0.72, 1.06))))
            if day <= begun + DAY * (step // 3) or day < self.first:
                break
            days.insert(0, day)
        return [begun, *days] if begun < (days[0] if days else anchor) else days

    def _quota(self, rng: Random, lane: Lane, rhythm: Rhythm, registered_on: date) -> tuple[date, list[date]]:
        begun = lane.stretches[-1].starts_on
        starts, days = begun, self._towards(rng, begun, rhythm)
        if lane.rule == "AFTERCARE":
            return starts, days
        for _ in range(_TRIES):
            if self._stands(rhythm, starts, days) is lane.standing:
                break
            earliest = max(registered_on + DAY * 3, self.today - DAY * 85)
            reach = max(1, (self.last - earliest).days - 10)
            starts = self.workdays.at_or_after(earliest + DAY * rng.randint(0, reach))
            days = self._towards(rng, starts, rhythm, forgets=lane.standing is Standing.OVERDUE)
        return starts, days

    def _stands(self, rhythm: Rhythm, starts: date, days: list[date]) -> Standing:
        return standing(next_due(rhythm, starts, days, self.workdays), self.today)

    def _towards(self, rng: Random, starts: date, rhythm: Rhythm, *, forgets: bool = False) -> list[date]:
        """Visits from the first day on, each about when it was due; with `forgets` the last one did not happen."""
        days = [starts]
        while True:
            due = next_due(rhythm, starts, days, self.workdays)
            day = due and self.workdays.at_or_before(due - DAY * rng.choice((0, 0, 0, 1, 2, 3)))
            if day is None or day > self.last:
                break
            days.append(max(day, self.workdays.at_or_after(days[-1] + DAY)))
        return days[:-1] if forgets and len(days) > 2 else days

    def _past(self, rng: Random, stretch: Stretch, later: list[date]) -> list[date]:
        """Days of a stretch that is over; an intensive one holds its eight visits, or one or two fewer."""
        ends = stretch.ends_on or self.last
        rhythm = RHYTHMS[stretch.rule]
        if ends < self.first:
            return []
        if rhythm.count:
            return self._spread(rng, stretch.starts_on, ends, rng.choice((8, 8, 8, 8, 7, 6)))
        anchor = self.workdays.at_or_before(ends - DAY * rng.randint(3, max(4, rhythm.step_days - 4)))
        if anchor <= stretch.starts_on:
            return [stretch.starts_on]
        return [*self._walk_back(rng, stretch.starts_on, anchor, rhythm.step_days), anchor]

    def _spread(self, rng: Random, starts: date, ends: date, count: int) -> list[date]:
        gap = ((ends - starts).days - 4) / count
        days = [starts]
        for number in range(1, count):
            wished = starts + DAY * round(gap * number + rng.uniform(-2.5, 2.5))
            days.append(self.workdays.at_or_after(max(wished, days[-1] + DAY)))
        return [day for day in days if day <= ends]


def _begin_last_on(lane: Lane, starts: date) -> Lane:
    """The lane with its last stretch beginning on `starts`, and the one before ending the day before."""
    earlier = [s for s in lane.stretches[:-1] if s.starts_on < starts]
    if earlier:
        earlier[-1] = replace(earlier[-1], ends_on=starts - DAY)
    return replace(lane, stretches=(*earlier, replace(lane.stretches[-1], starts_on=starts)))
