"""How many visits fit into a working day where nobody has said otherwise: read from a document, one entry a role. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.access.permissions import Role

FEWEST_A_DAY, MOST_A_DAY = 0, 20
"""What a supervisor may set, in visits a day."""


@dataclass(frozen=True, slots=True)
class UsualCapacity:
    """What is usual of a role, in visits a working day, and who says so."""

    visits_per_day: int
    source: str


def usual_capacities(document: Mapping[str, Any]) -> dict[Role, UsualCapacity]:
    """The usual capacity of each role that visits.

    Raises:
        ValueError: an unknown role, a number outside 0 to 20, or no source.
    """
    return {Role(name): _usual(name, entry) for name, entry in document["roles"].items()}


def _usual(name: str, entry: Mapping[str, Any]) -> UsualCapacity:
    number, source = entry["visits_per_day"], str(entry.get("source", "")).strip()
    if type(number) is not int or not FEWEST_A_DAY <= number <= MOST_A_DAY or not source:
        raise ValueError(f"capacity of {name}: a whole number from {FEWEST_A_DAY} to {MOST_A_DAY} and its source")
    return UsualCapacity(number, source)


def visits_per_day(own: int | None, role: Role, usual: Mapping[Role, UsualCapacity]) -> int:
    """A person's own number if one was set, else what is usual of the role; 0 for a role that does not visit."""
    if own is not None:
        return own
    return usual[role].visits_per_day if role in usual else 0
