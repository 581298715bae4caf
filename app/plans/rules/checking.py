"""점검: when each service of a plan is to be checked next, and what was missed. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import NamedTuple


class Rhythm(NamedTuple):
    """What decides when a service is checked. `check_days` None: with the checks of the case."""

    starts_on: date
    ends_on: date | None
    check_days: int | None
    ended_on: date | None = None
    checked_on: Collection[date] = ()


def next_check(service: Rhythm, *, approved_on: date) -> date | None:
    """The day on which a service is to be checked next; None when nothing is to be checked any more.

    Counted from the last check, or else from the day it began (the plan's approval where that came later). A service
    that ends is checked once more on its last day.
    """
    if service.check_days is None or service.ended_on is not None:
        return None
    last = max(service.checked_on, default=None)
    base = last or max(service.starts_on, approved_on)
    due_on = base + timedelta(days=service.check_days)
    if service.ends_on is None:
        return due_on
    if last is not None and last >= service.ends_on:
        return None
    return min(due_on, max(service.ends_on, base)) if last is None else min(due_on, service.ends_on)


def earliest(checks: Iterable[tuple[date | None, str]]) -> tuple[date, str] | None:
    """The next check of all with the name of what is checked, by day and then by name; None when there is none."""
    return min(((on, title) for on, title in checks if on is not None), default=None)


def is_missed(due_on: date | None, *, today: date) -> bool:
    """Whether a check should have been made before today."""
    return due_on is not None and due_on < today
