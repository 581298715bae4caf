"""Promises made at the end of a visit: kept by the next visit, or still to come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from random import Random

from .dice import happens
from .occasions import Occasion
from .rhythms import Standing
from .workdays import DAY, Workdays

_KEPT_WITHIN_DAYS = 45


def promised_days(
    rng: Random, occasions: Sequence[Occasion], due: date | None, standing: Standing, today: date, workdays: Workdays
) -> Mapping[int, date]:
    """For the position of each visit that ended with a promise, the promised day.

    A promise for a day in the past was kept by the next face-to-face visit. The last visit may promise a day to
    come, no later than `due`; when the household is due or overdue today, that very day.
    """
    visits = [n for n, occasion in enumerate(occasions) if occasion.mode == "FACE"]
    promises: dict[int, date] = {}
    for here, there in pairwise(visits):
        met, again = occasions[here].on, occasions[there].on
        if (again - met).days <= _KEPT_WITHIN_DAYS and happens(rng, 0.3):
            promised = again if happens(rng, 0.75) else workdays.before(again)
            if promised > met:
                promises[here] = promised
    coming = _to_come(rng, due, standing, today, workdays) if visits else None
    if coming and coming > occasions[visits[-1]].on:
        promises[visits[-1]] = coming
    return promises


def _to_come(rng: Random, due: date | None, standing: Standing, today: date, workdays: Workdays) -> date | None:
    if due is None or due > today + DAY * 35:
        return None
    if standing in (Standing.OVERDUE, Standing.TODAY):
        return due if happens(rng, 0.4 if standing is Standing.TODAY else 0.2) else None
    if not happens(rng, 0.5):
        return None
    days = workdays.between(today + DAY, due)
    return days[-1 - rng.randint(0, min(2, len(days) - 1))] if days else None
