"""Measure sides by turns, count SQL statements, and read query plans."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any

from sqlalchemy import Engine, event

Work = Callable[[int], Any]
"""Does the task once; the number says which subject it is about, the same for every side."""
ENOUGH, MOST = 0.15, 40
"""Seconds that one turn of a side should take; the most repetitions of a turn."""
NO_QUERY = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


@dataclass(frozen=True)
class Turn:
    """Seconds that one side took for one request, on the clock and of this process's own time."""

    wall: float
    own: float


class Comparison:
    """Turns of several sides, taken one after the other again and again."""

    def __init__(self, sides: Mapping[str, Work], *, rounds: int) -> None:
        for work in sides.values():
            work(0)  # imports, templates, caches
        once = max(_turn(work, 0, 1).wall for work in sides.values())
        times = max(1, min(MOST, int(ENOUGH / once)))
        self.turns: dict[str, list[Turn]] = {name: [] for name in sides}
        for number in range(rounds):
            for name in list(sides) if number % 2 else reversed(list(sides)):
                self.turns[name].append(_turn(sides[name], 1 + number * times, times))

    def milliseconds(self, side: str) -> float:
        """The median of a side, in milliseconds a request."""
        return 1000 * median(turn.wall for turn in self.turns[side])

    def ratio(self, side: str, other: str) -> float:
        """How many times longer `side` takes: the median over pairs."""
        return median(one.wall / two.wall for one, two in zip(self.turns[side], self.turns[other], strict=True))

    def span(self, side: str, other: str) -> tuple[float, float]:
        """The lowest and the highest of those pairs."""
        pairs = [one.wall / two.wall for one, two in zip(self.turns[side], self.turns[other], strict=True)]
        return min(pairs), max(pairs)

    def own_ratio(self, side: str, other: str) -> float:
        """The same in processor time of this process, which neighbours on the machine disturb less."""
        return median(one.own / two.own for one, two in zip(self.turns[side], self.turns[other], strict=True))


def _turn(work: Work, first: int, times: int) -> Turn:
    own, wall = time.process_time(), time.perf_counter()
    for number in range(first, first + times):
        work(number)
    return Turn((time.perf_counter() - wall) / times, (time.process_time() - own) / times)


@contextmanager
def statements_of(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    """The SQL that runs meanwhile, with its parameters."""
    seen: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if not statement.startswith(NO_QUERY):
            seen.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def plan_of(engine: Engine, statement: str, parameters: Any) -> list[str]:
    """How each table of a SELECT is reached: by which index, or scanned from end to end."""
    explain = "EXPLAIN QUERY PLAN" if engine.dialect.name == "sqlite" else "EXPLAIN"
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(f"{explain} {statement}", parameters).all()
        connection.rollback()
    lines = [str(row[-1]).strip(" ->") for row in rows]
    return [line.split("  (")[0] for line in lines if line.startswith(("SEARCH", "SCAN")) or "Scan" in line]
