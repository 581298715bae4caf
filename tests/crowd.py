"""Several people at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

CROWD = 8
Outcome = TypeVar("Outcome")


def all_at_once(work: Callable[[int], Outcome], *, crowd: int = CROWD) -> list[Outcome]:
    """Run `work(0)`, `work(1)` … in threads that begin together; the first error is raised."""
    ready = Barrier(crowd)

    def begin(number: int) -> Outcome:
        ready.wait()
        return work(number)

    with ThreadPoolExecutor(crowd) as pool:
        return list(pool.map(begin, range(crowd)))
