"""The whole plan of the fictional district, made from a date and a seed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from .planner import Planner
from .shapes import Story
from .workdays import Workdays

__all__ = ["Story", "plan_story"]


def plan_story(*, today: date, seed: int = 2026, holidays: Collection[date] = ()) -> Story:
    """The year of 한빛구 that ends on the day before `today`; the same for the same arguments, every time.

    `holidays` are public holidays on which nobody goes out; without them only weekends are kept free.
    """
    return Planner(today, seed, Workdays.without(holidays)).story()
