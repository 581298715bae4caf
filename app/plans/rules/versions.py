"""Where a version of a plan may go, who moves it there, and how two versions differ. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.plans.rules.vocabulary import PlanState

S = PlanState
MOVES: Mapping[PlanState, frozenset[PlanState]] = {
    S.DRAFT: frozenset({S.ASKED}),
    S.ASKED: frozenset({S.APPROVED, S.DRAFT}),
    S.APPROVED: frozenset({S.REPLACED}),
    S.REPLACED: frozenset(),
}
"""작성 중 → 결재 올림 → 승인 → 다음 판으로 바뀜; what was asked comes back to 작성 중 when it is sent or taken back."""


def may_become(state: PlanState, target: PlanState) -> bool:
    """Whether a version in `state` may become `target`."""
    return target in MOVES[state]


def is_open(state: PlanState) -> bool:
    """Whether a version is still being made: a case has at most one such."""
    return state in (S.DRAFT, S.ASKED)


class Difference(NamedTuple):
    """One row of two versions side by side; None where the version has no such row."""

    before: str | None
    after: str | None

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


def beside(before: Mapping[str, str], after: Mapping[str, str]) -> list[Difference]:
    """Rows of two versions by what they are called, those of the newer one first, then those it has no more."""
    names: Sequence[str] = [*after, *(name for name in before if name not in after)]
    return [Difference(before.get(name), after.get(name)) for name in names]
