"""Things that take several visits: the boiler that gets repaired, the smoker who stops and starts again."""

from __future__ import annotations

from functools import cache
from random import Random

from .phrases import Phrase, bits_of, parse_when
from .seed_files import read


@cache
def _lines(lane: str) -> tuple[tuple[Phrase, tuple[str, ...]], ...]:
    rows = [row for row in read("storylines") if row["lane"] == lane]
    return tuple((Phrase(row["code"], parse_when(row["when"]), row["topic"]), tuple(row["steps"])) for row in rows)


class Storylines:
    """The storylines of one household on one side, each told once and in order."""

    def __init__(self, lane: str) -> None:
        self._lane = lane
        self._done: set[str] = set()
        self._current: tuple[str, list[str]] | None = None

    def next_step(self, rng: Random, facts: frozenset[str]) -> tuple[str, str] | None:
        """(topic, sentence) of the next step, of a new storyline when none is running; None when none fits."""
        if self._current is None:
            self._begin(rng, facts)
        if self._current is None:
            return None
        topic, steps = self._current
        sentence = steps.pop(0)
        if not steps:
            self._current = None
        return topic, sentence

    def _begin(self, rng: Random, facts: frozenset[str]) -> None:
        fitting = [(p, s) for p, s in _lines(self._lane) if p.text not in self._done and p.is_true(bits_of(facts))]
        if fitting:
            phrase, steps = rng.choice(fitting)
            self._done.add(phrase.text)
            self._current = (phrase.topic, list(steps))
