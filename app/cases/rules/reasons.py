"""Closure reasons and target groups: closed lists that are data, with versions. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

CLOSURE_REASONS, TARGET_GROUPS = "CLOSURE_REASONS", "TARGET_GROUPS"
NOT_SELECTED = "CLOSE_NOT_SELECTED"
"""Kept for 미선정, which nobody picks."""


class ReasonsError(ValueError):
    """A list cannot be used; `problem` says why in Korean."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a case is closed, and what comes with it."""

    code: str
    label: str
    source: str
    confidence: str
    reaches_goals: bool = False
    """The work came to its end; every other reason cuts it short and may be given in any stage."""
    has_aftercare: bool = False
    needs_note: bool = False
    needs_attempts: bool = False
    """Asks for what was tried and a day on which somebody looks again."""
    is_offered: bool = True


@dataclass(frozen=True, slots=True)
class ReasonList:
    """One version of the closure reasons."""

    version: str
    effective_from: date
    reasons: tuple[Reason, ...]

    def find(self, code: str) -> Reason | None:
        """The reason of a code; None when the version has none."""
        return next((each for each in self.reasons if each.code == code), None)

    @property
    def offered(self) -> tuple[Reason, ...]:
        """Those that somebody may pick."""
        return tuple(each for each in self.reasons if each.is_offered)


def reasons_from(document: Mapping[str, Any]) -> ReasonList:
    """A stored version as the product reads it.

    Raises:
        ReasonsError: no reason, a code twice, or a reason without a label.
    """
    rows = [_reason(row) for row in document["reasons"]]
    codes = [row.code for row in rows]
    if not rows or len(codes) != len(set(codes)):
        raise ReasonsError("사유가 없거나 같은 코드가 두 번 있습니다.")
    if not all(row.label.strip() for row in rows):
        raise ReasonsError("이름이 없는 사유가 있습니다.")
    return ReasonList(str(document["version"]), date.fromisoformat(document["effective_from"]), tuple(rows))


def _reason(row: Mapping[str, Any]) -> Reason:
    marks = ("reaches_goals", "has_aftercare", "needs_note", "needs_attempts")
    return Reason(
        row["code"], row["label"], row.get("source", ""), row.get("confidence", "DEFAULT"),
        is_offered=bool(row.get("is_offered", True)), **{mark: bool(row.get(mark)) for mark in marks},
    )  # fmt: skip
