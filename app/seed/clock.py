"""What time of the day it was: nobody is at two doors at once, and lunch is lunch."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from .dice import happens
from .shapes import KST
from .workdays import DAY, Workdays

_OPENS, _CLOSES = 9 * 60 + 30, 17 * 60 + 30
_LUNCH = range(12 * 60, 13 * 60)
_MINUTES = {"FACE": (22, 52), "OFFICE": (15, 40), "CALL": (4, 12), "ABSENT": (5, 9), "NEIGHBOUR": (5, 15)}
_SHORTEST = (3, 6)
_LATE_ENTRY = 0.028


class Diary:
    """The days of all staff. `book` is asked once per occasion, with everybody who takes part."""

    def __init__(self) -> None:
        self._busy: dict[tuple[str, date], list[tuple[int, int]]] = {}

    def book(
        self, rng: Random, people: tuple[str, ...], on: date, mode: str, earliest: datetime | None = None
    ) -> tuple[datetime, datetime]:
        """When it began and ended: between 09:30 and 17:30 where the day has room, and not before `earliest`."""
        usual = rng.randint(*_MINUTES.get(mode, _SHORTEST))
        taken = [span for person in people for span in self._busy.get((person, on), [])]
        opens = _OPENS if earliest is None else earliest.hour * 60 + earliest.minute + 1
        travel = 10 if mode in ("FACE", "ABSENT", "NEIGHBOUR") else 2
        for length, way in ((usual, travel), (usual // 2, 3), (usual // 3, 1)):  # a crowded day makes visits short
            begins = _free(taken, length, way, opens)
            if begins:
                break
        start = rng.choice(begins) if begins else max([opens, *(ended + way for _, ended in taken)])
        for person in people:
            self._busy.setdefault((person, on), []).append((start - way, start + length))
        return _moment(on, start), _moment(on, start + length)


def _free(taken: list[tuple[int, int]], length: int, travel: int, opens: int) -> list[int]:
    """The minutes of the day at which it could begin; lunch only when there is nothing else."""
    begins = [
        start
        for start in range(opens, _CLOSES - length, 5)
        if all(start + length <= begun or start - travel >= ended for begun, ended in taken)
    ]
    return [start for start in begins if start not in _LUNCH and start + length - 1 not in _LUNCH] or begins


def _moment(on: date, minutes: int) -> datetime:
    return datetime.combine(on, time(), KST) + timedelta(minutes=minutes)


def typed_at(rng: Random, ended_at: datetime, today: date, workdays: Workdays) -> datetime:
    """When the record was begun: soon after, at the end of the day, or — seldom — some days later, before `today`."""
    if happens(rng, _LATE_ENTRY):
        day = ended_at.date()
        for _ in range(rng.randint(1, 4)):
            day = workdays.at_or_after(day + DAY)
        late = _moment(day, rng.randint(9 * 60 + 5, 11 * 60))
        if day < today:
            return late
    if happens(rng, 0.3):
        evening = _moment(ended_at.date(), rng.randint(17 * 60, 17 * 60 + 50))
        return max(evening, ended_at + timedelta(minutes=2))
    return ended_at + timedelta(minutes=rng.randint(1, 35))
