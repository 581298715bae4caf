"""비상 연락망: the words of a centre's phone tree. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DutyDetails:
    """One line of the phone tree: one of the staff, or an office outside."""

    title: str
    """Who it is, e.g. «도윤서 팀장» or «가람지구대»."""
    phone: str
    account_id: int | None = None


def moved(keys: Sequence[int], key: int, step: int) -> list[int]:
    """The keys with one of them a step further up (-1) or down (1); at an end everything stays as it is."""
    order = list(keys)
    at = order.index(key)
    to = at + step
    if 0 <= to < len(order):
        order[at], order[to] = order[to], order[at]
    return order
