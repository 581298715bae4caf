"""One person's day hour by hour: what stands there, and which hours are free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from app.calendars.queries.agenda import DayAgenda, VisitEntry
from app.visits.rules.planning import LUNCH, SLOT_MINUTES, minutes_of, slots


@dataclass(frozen=True, slots=True)
class Hour:
    """One slot of the day."""

    on: date
    at: time
    entries: tuple[VisitEntry, ...]
    """Visits that begin in it."""
    is_busy: bool
    """Whether a visit that began earlier still goes on."""
    is_gone: bool

    @property
    def is_free(self) -> bool:
        """Whether something may be planned here without asking."""
        return not (self.entries or self.is_busy or self.is_gone)

    @property
    def is_lunch(self) -> bool:
        return LUNCH[0] <= self.at < LUNCH[1]

    @property
    def value(self) -> str:
        """As a form and an address name it: «2026-11-24T10:00»."""
        return f"{self.on.isoformat()}T{self.at:%H:%M}"


@dataclass(frozen=True, slots=True)
class DayHours:
    """The slots of a day, and what has no place among them."""

    hours: tuple[Hour, ...]
    elsewhere: tuple[VisitEntry, ...]
    """Visits without an hour, or outside working hours."""


def hours_of(agenda: DayAgenda, *, clock: time) -> DayHours:
    """The day's slots; those before the clock in Korea are gone on the day itself.

    A cancelled visit takes no room.
    """
    timed = [entry for entry in agenda.visits if entry.look != "cancelled"]
    hours = tuple(_hour(agenda, at, timed, clock) for at in slots())
    placed = {entry.record.id for hour in hours for entry in hour.entries}
    return DayHours(hours, tuple(entry for entry in agenda.visits if entry.record.id not in placed))


def _hour(agenda: DayAgenda, at: time, timed: Sequence[VisitEntry], clock: time) -> Hour:
    begins, ends = minutes_of(at), minutes_of(at) + SLOT_MINUTES
    started = [(entry, minutes_of(entry.record.planned_at)) for entry in timed if entry.record.planned_at]
    here = tuple(entry for entry, start in started if begins <= start < ends)
    is_busy = any(start < begins < start + entry.record.minutes for entry, start in started)
    is_gone = agenda.is_past or (agenda.is_today and at < clock)
    return Hour(agenda.on, at, here, is_busy, is_gone)
