"""The score of somebody to be found: how urgent, line by line, so that nobody has to believe a number. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.discoveries.rules.triage import CrisisWeight, Step, TriageWeights
from app.discoveries.rules.vocabulary import ItemOutcome
from app.households.rules import FlagKind, Risk

NEXT_ROUND = timedelta(days=92)
"""Rounds come every two months; whoever is named again within three was named by the very next one."""


@dataclass(frozen=True, slots=True)
class ScoredFacts:
    """What is known of somebody on the day they are put in order."""

    crisis_codes: tuple[str, ...] = ()
    months_in_arrears: int | None = None
    previous_times: int = 0
    """How often they were discovered before, by our own count or by the list's, whichever is higher."""
    in_a_row: int = 1
    """How many rounds one after another named them, this one included."""
    last_outcome: ItemOutcome | None = None
    last_on: date | None = None
    """When the last outcome was written."""
    is_alone: bool = False
    age: int | None = None
    risk: Risk = Risk.NONE
    flags: frozenset[FlagKind] = frozenset()


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One reason and its points."""

    points: int
    words: str


@dataclass(frozen=True, slots=True)
class Score:
    """The lines of a score; its points are nothing but their sum."""

    lines: tuple[ScoreLine, ...]

    @property
    def points(self) -> int:
        return sum(line.points for line in self.lines)


def judge_score(facts: ScoredFacts, weights: TriageWeights, labels: Mapping[str, str]) -> Score:
    """How urgent somebody is, the heaviest line first. One fact more never makes it less.

    Args:
        labels: the Korean words of the crisis codes; a code without any is its own word.
    """
    lines = (
        *_crises(facts, weights, labels), *_money(facts, weights), *_before(facts, weights), *_person(facts, weights),
    )  # fmt: skip
    return Score(tuple(sorted((line for line in lines if line.points), key=lambda line: -line.points)))


def count_in_a_row(days: Sequence[date], today: date) -> int:
    """How many rounds one after another named somebody: `days` of the earlier ones, in any order, and today's.

    Two lists of one day are one round.
    """
    latest, count = today, 1
    for day in sorted({day for day in days if day < today}, reverse=True):
        if latest - day > NEXT_ROUND:
            break
        latest, count = day, count + 1
    return count


def previous_words(*, times: int, in_a_row: int, last_outcome: ItemOutcome | None, last_on: date | None) -> str:
    """«3회 연속 발굴, 마지막 결과 지원 불필요(2026-09-03)»; "" for the first time."""
    if not times:
        return ""
    often = f"{in_a_row}회 연속 발굴" if in_a_row > 1 else f"{times + 1}번째 발굴"
    if last_outcome is None:
        return f"{often}, 지난 결과 없음"
    when = f"({last_on})" if last_on else ""
    return f"{often}, 마지막 결과 {last_outcome.label}{when}"


def _crises(facts: ScoredFacts, weights: TriageWeights, labels: Mapping[str, str]) -> Iterator[ScoreLine]:
    unnamed = CrisisWeight(weights.other_crisis)
    for code in dict.fromkeys(facts.crisis_codes):
        yield _crisis(labels.get(code, code), weights.crises.get(code, unnamed), facts.months_in_arrears)


def _crisis(label: str, weight: CrisisWeight, months: int | None) -> ScoreLine:
    """Without a count of months the list is taken at its word: it names whom the threshold reached."""
    if weight.months_from is None or months is None or months >= weight.months_from:
        return ScoreLine(weight.points, label)
    return ScoreLine(weight.points_below, f"{label} (체납 {months}개월, 기준 {weight.months_from}개월 미만)")


def _money(facts: ScoredFacts, weights: TriageWeights) -> Iterator[ScoreLine]:
    months = facts.months_in_arrears or 0
    yield ScoreLine(_reached(weights.arrears, months), f"체납 {months}개월")


def _before(facts: ScoredFacts, weights: TriageWeights) -> Iterator[ScoreLine]:
    yield ScoreLine(_reached(weights.previous, facts.previous_times), f"이전 발굴 {facts.previous_times}번")
    yield ScoreLine(_reached(weights.in_a_row, facts.in_a_row), f"{facts.in_a_row}회 연속 발굴")
    if facts.last_outcome is not None:
        when = f"({facts.last_on})" if facts.last_on else ""
        points = weights.last_outcome.get(facts.last_outcome, 0)
        yield ScoreLine(points, f"마지막 결과 {facts.last_outcome.label}{when}")


def _person(facts: ScoredFacts, weights: TriageWeights) -> Iterator[ScoreLine]:
    if facts.is_alone:
        yield ScoreLine(weights.alone, "혼자 삶")
    if facts.age is not None:
        yield ScoreLine(_reached(weights.ages, facts.age), f"{facts.age}세")
    yield ScoreLine(weights.risk.get(facts.risk, 0), facts.risk.label)
    for flag in sorted(facts.flags):
        yield ScoreLine(weights.flags.get(flag, 0), f"안전 표시: {flag.label}")


def _reached(steps: tuple[Step, ...], amount: int) -> int:
    """The points of the highest step that is reached; 0 below the lowest."""
    return max((step.points for step in steps if amount >= step.edge), default=0)
