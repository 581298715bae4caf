"""What the rules answer for labelled pairs, and how often they are right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.discoveries.queries import KnownPeople
from app.discoveries.rules import MatchDegree, Reference, judge_match
from tests.factories.pairs.troubles import Pair, Trouble
from tests.factories.pairs.writing import as_known, read_as_listed

FOUND = (MatchDegree.EXACT, MatchDegree.LIKELY)


@dataclass(frozen=True)
class Judged:
    """A pair, and what was answered for it. NEW as well when the look-up never showed the one to the other."""

    pair: Pair
    degree: MatchDegree
    false_exact: int
    """How many others of the whole crowd were taken for surely the same."""


@dataclass(frozen=True)
class Figures:
    """Counts by degree of those that are one person and those that are two."""

    same: Mapping[MatchDegree, int]
    other: Mapping[MatchDegree, int]

    def precision(self, degree: MatchDegree) -> float | None:
        """Of those answered so, the share that is one person (of NEW: that is two); None when none was."""
        right, wrong = (self.other, self.same) if degree is MatchDegree.NEW else (self.same, self.other)
        answered = right[degree] + wrong[degree]
        return right[degree] / answered if answered else None

    def recall(self, *degrees: MatchDegree) -> float | None:
        """Of those that are one person, the share answered in one of these degrees; None when there are none."""
        everybody = sum(self.same.values())
        return sum(self.same[degree] for degree in degrees) / everybody if everybody else None


def judge_pairs(pairs: Sequence[Pair], reference: Reference, people: KnownPeople | None = None) -> list[Judged]:
    """Every listed side looked up among all recorded ones (numbered from 1) and judged.

    Args:
        people: who was looked up in a database; by default everybody, found by the keys in memory.
    """
    crowd = people or KnownPeople(as_known(pair.recorded, key) for key, pair in enumerate(pairs, start=1))
    return [_judged(pair, key, reference, crowd) for key, pair in enumerate(pairs, start=1)]


def _judged(pair: Pair, key: int, reference: Reference, crowd: KnownPeople) -> Judged:
    listed = read_as_listed(pair, key, reference)
    degrees = {known.household_id: judge_match(listed, known.candidate).degree for known in crowd.near(listed)}
    own = degrees.pop(key, MatchDegree.NEW)
    others = sum(degree is MatchDegree.EXACT for degree in degrees.values())
    return Judged(pair, own, others + (own is MatchDegree.EXACT and not pair.is_same))


def figures_of(judged: Sequence[Judged]) -> Figures:
    """The counts of all of them."""
    same = Counter(each.degree for each in judged if each.pair.is_same)
    other = Counter(each.degree for each in judged if not each.pair.is_same)
    return Figures(same, other)


def by_trouble(judged: Sequence[Judged]) -> dict[Trouble, Figures]:
    """The counts of each class."""
    return {trouble: figures_of([each for each in judged if each.pair.trouble is trouble]) for trouble in Trouble}
