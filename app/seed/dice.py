"""Chance that falls the same way every time: one stream per subject, so that a change in one moves no other."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def stream(*path: object) -> Random:
    """A generator of its own for `path`, e.g. (seed, "people", 17); the same path always gives the same numbers."""
    return Random("/".join(map(str, path)))


def weighted(rng: Random, options: Sequence[tuple[T, float]]) -> T:
    """One option, chosen in proportion to its weight."""
    return rng.choices([option for option, _ in options], weights=[weight for _, weight in options])[0]


def shuffled(rng: Random, items: Sequence[T]) -> list[T]:
    """The items in a random order; the argument stays as it is."""
    return rng.sample(items, len(items))


def happens(rng: Random, probability: float) -> bool:
    """True with the given probability between 0 and 1."""
    return rng.random() < probability
