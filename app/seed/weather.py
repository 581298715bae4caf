"""Check-in calls on hot and cold days, when everybody who lives alone is telephoned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from .dice import shuffled, stream
from .occasions import Occasion
from .portraits import Portrait, age_on
from .workdays import Workdays

_ALERTS = (
    ("heat", 7, range(20, 32)),
    ("heat", 8, range(1, 16)),
    ("cold", 1, range(8, 29)),
    ("cold", 12, range(15, 29)),
)
_PEOPLE_CALLED = 30


def check_in_calls(
    seed: int, portraits: Sequence[Portrait], until: Mapping[str, date], first: date, last: date, workdays: Workdays
) -> list[Occasion]:
    """About thirty calls on one day of each alert; nobody is called after the day `until` gives for them."""
    calls: list[Occasion] = []
    for weather, month, days in _ALERTS:
        on = _alert_day(seed, month, days, first, last, workdays)
        if on is None:
            continue
        rng = stream(seed, "weather", weather, month)
        alone = [p for p in portraits if _is_called(p, on) and on <= until.get(p.key, last)]
        calls += [
            Occasion(portrait.key, on, "WORKER", "CALL", "CHECK_IN", (portrait.focus.key,), weather)
            for portrait in shuffled(rng, alone)[:_PEOPLE_CALLED]
        ]
    return calls


def _alert_day(seed: int, month: int, days: range, first: date, last: date, workdays: Workdays) -> date | None:
    inside = [day for day in workdays.between(first, last) if day.month == month and day.day in days]
    return stream(seed, "alert", month).choice(inside) if len(inside) >= 5 else None


def _is_called(portrait: Portrait, on: date) -> bool:
    return portrait.registered_on < on and (portrait.archetype.is_alone or age_on(portrait.focus, on) >= 80)
