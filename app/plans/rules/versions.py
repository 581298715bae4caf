"""Where a version of a plan may go, who moves it there, and how two versions differ. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.plans.rules.vocabulary import PlanState

S = PlanState


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
