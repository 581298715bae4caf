"""The weights by which whoever is to be found is put in order: versioned data, each line with its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from app.discoveries.rules.vocabulary import ItemOutcome
from app.households.rules import FlagKind, Risk

MOST_POINTS = 100
"""Of one line: no single thing may drown all others."""


class TriageError(ValueError):
    """A table is wrong at `place` («crises 3»); `problem` is a Korean sentence."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(f"{place}: {problem}")
        self.place, self.problem = place, problem


@dataclass(frozen=True, slots=True)
class CrisisWeight:
    """What one crisis code weighs, and what it weighs below its threshold."""

    points: int
    months_from: int | None = None
    """From so many months in arrears on it counts fully; None: always."""
    points_below: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """From `edge` on (months, times or years of age) a line gives `points`."""

    edge: int
    points: int


@dataclass(frozen=True, slots=True)
class TriageWeights:
    """One version of the weights. None is below zero, so that nothing more that is known makes anybody less urgent."""

    version: str
    crises: Mapping[str, CrisisWeight]
    other_crisis: int
    """Of a code the table does not name."""
    arrears: tuple[Step, ...]
    previous: tuple[Step, ...]
    """By how often somebody was discovered before."""
    in_a_row: tuple[Step, ...]
    """By how many rounds one after another named them, this one included."""
    last_outcome: Mapping[ItemOutcome, int]
    alone: int
    ages: tuple[Step, ...]
    risk: Mapping[Risk, int]
    flags: Mapping[FlagKind, int]


def triage_from(document: Mapping[str, Any]) -> TriageWeights:
    """The weights of a document as in seed_data/triage.json.

    Raises:
        TriageError: naming the place that is wrong.
    """
    return TriageWeights(
        version=str(document["version"]),
        crises={row["code"]: _crisis(row) for row in document["crises"]},
        other_crisis=_points(document["other_crisis"], "other_crisis"),
        arrears=_steps(document["arrears"], "arrears"),
        previous=_steps(document["previous"], "previous"),
        in_a_row=_steps(document["in_a_row"], "in_a_row"),
        last_outcome={ItemOutcome(row["outcome"]): _points(row, "last_outcome") for row in document["last_outcome"]},
        alone=_points(document["alone"], "alone"),
        ages=_steps(document["ages"], "ages"),
        risk={Risk(row["risk"]): _points(row, "risk") for row in document["risk"]},
        flags={FlagKind(row["flag"]): _points(row, "flags") for row in document["flags"]},
    )


def _crisis(row: Mapping[str, Any]) -> CrisisWeight:
    place = f"crises {row['code']}"
    points, below = _points(row, place), int(row.get("points_below", 0))
    if not 0 <= below <= points:
        raise TriageError(place, "기준 미만의 점수는 0점 이상, 기준 이상의 점수 이하여야 합니다.")
    return CrisisWeight(points, row.get("months_from"), below)


def _points(row: Mapping[str, Any], place: str) -> int:
    points = int(row["points"])
    if not 0 <= points <= MOST_POINTS:
        raise TriageError(place, f"점수는 0점에서 {MOST_POINTS}점까지입니다.")
    return points


def _steps(rows: list[Mapping[str, Any]], place: str) -> tuple[Step, ...]:
    """Steps in the order of their edges, none giving less than the one below it."""
    steps = sorted((Step(int(row["from"]), _points(row, place)) for row in rows), key=lambda step: step.edge)
    if any(upper.points < lower.points for lower, upper in pairwise(steps)):
        raise TriageError(place, "높은 단계의 점수가 낮은 단계보다 작을 수 없습니다.")
    return tuple(steps)
