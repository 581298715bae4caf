"""Phrases with conditions, and the choice among those that are true just now and least worn out."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from random import Random
from typing import Any

from .seed_files import read

_MEMORY = 14
"""So many phrases back a household's record does not repeat itself, as long as there is something else to say."""
_bits = count()

Case = tuple[int, int]
"""Facts needed and facts that must not hold, each as a set of bits."""
_ONCE = "once"


@cache
def _bit(fact: str) -> int:
    return 1 << next(_bits)


@cache
def bits_of(facts: frozenset[str]) -> int:
    """The facts as a set of bits: thousands of phrases are tried, and this makes one try two operations."""
    return sum(_bit(fact) for fact in facts)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence that may be written when, for one of `cases`, all needed facts hold and none of the others.

    `once` means once in the life of a household: a telephone number does not change every month.
    """

    text: str
    cases: tuple[Case, ...]
    topic: str = ""
    part: str = ""
    once: bool = False

    def is_true(self, facts: int) -> bool:
        """Whether it fits the facts, given as bits."""
        for needs, avoids in self.cases:  # noqa: SIM110 - any() costs twice as much here
            if needs & facts == needs and not avoids & facts:
                return True
        return False

    def needs(self, fact: str) -> bool:
        """Whether it can only be written when this fact holds."""
        return all(needs & _bit(fact) for needs, _ in self.cases)

    @property
    def precision(self) -> int:
        """How many facts it takes at least: the more, the better it fits when it fits."""
        return min(needs.bit_count() for needs, _ in self.cases)


def parse_when(when: str) -> tuple[Case, ...]:
    """«a b !c|d» as ((bits of a and b, bit of c), (bit of d, none))."""
    cases = []
    for case in when.split("|"):
        words = [word for word in case.split() if word != _ONCE]
        needs = frozenset(word for word in words if not word.startswith("!"))
        cases.append((bits_of(needs), bits_of(frozenset(word[1:] for word in words if word.startswith("!")))))
    return tuple(cases)


@cache
def phrases(file: str, *path: str) -> tuple[Phrase, ...]:
    """All phrases of one list in `seed_data`, or of all the topics when the path leads to topics."""
    found: Any = read(file)
    for step in path:
        found = found[step]
    if isinstance(found, dict):
        return tuple(phrase for topic, rows in found.items() for phrase in _rows(rows, topic))
    return tuple(_rows(found, ""))


def _rows(rows: Iterable[Sequence[str]], topic: str) -> Iterable[Phrase]:
    for row in rows:
        *part, when, text = row
        yield Phrase(text, parse_when(when), topic, part[0] if part else "", _ONCE in when.split())


class Choice:
    """Chooses phrases for one household; `worn` counts what all households have used."""

    def __init__(self, worn: Counter[str]) -> None:
        self._worn, self._mine = worn, Counter[str]()
        self._recent: deque[str] = deque(maxlen=_MEMORY)

    def pick(
        self, rng: Random, options: Iterable[Phrase], facts: frozenset[str], without: Collection[str] = ()
    ) -> Phrase | None:
        """A true phrase on none of the topics in `without`, fresh ones first; None when there is none."""
        bits = bits_of(facts)
        true = [p for p in options if p.is_true(bits) and p.topic not in without and not self._is_spent(p)]
        fresh = [p for p in true if p.text not in self._recent] or true
        if not fresh:
            return None
        phrase = rng.choices(fresh, [self._appeal(option) for option in fresh])[0]
        self._mine[phrase.text] += 1
        self._worn[phrase.text] += 1
        self._recent.append(phrase.text)
        return phrase

    def _is_spent(self, phrase: Phrase) -> bool:
        return phrase.once and self._mine[phrase.text] > 0

    def _appeal(self, phrase: Phrase) -> float:
        return (1 + phrase.precision) / (1 + 6 * self._mine[phrase.text]) / (8 + self._worn[phrase.text])
