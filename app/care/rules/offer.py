"""What a visit form offers of care: quick picks in one's own order, open problems, medicines as they are known. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.care.rules.omaha import ProblemKind
from app.care.rules.picks import MOST_AT_HAND, Pick
from app.care.rules.vocabulary import InterventionKind


@dataclass(frozen=True, slots=True)
class OfferedProblem:
    """A problem that may be rated. `last` is its newest rating (knowledge, behaviour, status), None before any."""

    id: int
    kind: ProblemKind
    whose: str
    is_open: bool
    last: tuple[int, int, int] | None
    rated_on: date | None
    words: str
    """The newest rating, said: «지식 3 · 행동 2 · 상태 3»."""

    @property
    def title(self) -> str:
        """«순환 · 김순자»."""
        return f"{self.kind.label} · {self.whose}"


@dataclass(frozen=True, slots=True)
class OfferedMedicine:
    """One medicine on the list as it is known."""

    id: int
    name: str
    taken: str
    """Dose and how it is taken, on one line."""
    confirmed_on: date


@dataclass(frozen=True, slots=True)
class OfferedPerson:
    """A member with the medicines taken now."""

    member_id: int
    name: str
    medicines: tuple[OfferedMedicine, ...]

    @property
    def confirmed_on(self) -> date | None:
        """When the list was last found to hold, all of it."""
        return min((medicine.confirmed_on for medicine in self.medicines), default=None)


@dataclass(frozen=True, slots=True)
class CareOffer:
    """Everything of care that one person's form about one household shows."""

    picks: tuple[Pick, ...]
    problems: tuple[OfferedProblem, ...] = ()
    people: tuple[OfferedPerson, ...] = ()
    """Whose medicines may be checked: for a nurse, everybody; for others nobody."""
    changes_list: bool = True
    """Whether medicines may be changed here; a correction leaves the list alone."""

    @property
    def at_hand(self) -> tuple[Pick, ...]:
        """What stands open."""
        return self.picks[:MOST_AT_HAND]

    @property
    def further(self) -> list[tuple[InterventionKind, list[Pick]]]:
        """What is one tap further, under its kinds."""
        rest = self.picks[MOST_AT_HAND:]
        found = ((kind, [pick for pick in rest if pick.kind is kind]) for kind in InterventionKind)
        return [(kind, picks) for kind, picks in found if picks]
