"""What was typed about care, before anything is looked up or stored. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from app.care.rules.omaha import HIGHEST, LOWEST, SCALES
from app.care.rules.vocabulary import ChangeOf


@dataclass(frozen=True, slots=True)
class Done:
    """One quick pick that was tapped; `problem_id` None lets the open problems decide what it was for."""

    target: str
    problem_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rated:
    """A problem seen again. What is None stands as it was rated last."""

    problem_id: int
    knowledge: int | None = None
    behaviour: int | None = None
    status: int | None = None
    note: str = ""

    @property
    def values(self) -> tuple[int | None, int | None, int | None]:
        return self.knowledge, self.behaviour, self.status

    def completed(self, last: tuple[int, int, int] | None) -> Rated:
        """The same with the last rating where nothing was tapped; unchanged when there was none."""
        if last is None:
            return self
        knowledge, behaviour, status = (
            before if value is None else value for value, before in zip(self.values, last, strict=True)
        )
        return replace(self, knowledge=knowledge, behaviour=behaviour, status=status)

    @property
    def missing(self) -> str | None:
        """The first scale without a value between 1 and 5, or None."""
        pairs = zip(SCALES, self.values, strict=True)
        return next((name for name, v in pairs if v is None or not LOWEST <= v <= HIGHEST), None)


@dataclass(frozen=True, slots=True)
class MedicineDetails:
    """One medicine as typed."""

    name: str
    dose: str = ""
    how: str = ""
    prescribed_by: str = ""
    since_on: date | None = None


@dataclass(frozen=True, slots=True)
class MedicineChange:
    """What became of one medicine; `how` is how it is taken now, or why it is not."""

    medicine_id: int
    change: ChangeOf
    how: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What was asked about one member's medicines: answers by point of `POINTS`, and what changed on the list."""

    member_id: int
    answers: Mapping[str, str] = field(default_factory=dict)
    changes: tuple[MedicineChange, ...] = ()
    begun: tuple[MedicineDetails, ...] = ()


@dataclass(frozen=True, slots=True)
class CareDetails:
    """Everything of care on one visit form."""

    done: tuple[Done, ...] = ()
    ratings: tuple[Rated, ...] = ()
    checks: tuple[Checked, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.done or self.ratings or self.checks)


def served(problems: Iterable[tuple[int, str]], serves: tuple[str, ...]) -> int | None:
    """The id of the one open problem that a pick serves; None when none or more than one could be meant.

    `problems` are (id, code) of those that stand open.
    """
    meant = [problem_id for problem_id, code in problems if code in serves]
    return meant[0] if len(meant) == 1 else None
