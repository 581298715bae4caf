"""What the planner knows of a household before anything happened there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .shapes import DwellingPlan, MemberPlan


class Archetype(StrEnum):
    """The kinds of household a 동 centre meets; each maps to one stored household type."""

    ELDER_SINGLE = "ELDER_SINGLE"
    MIDDLE_SINGLE = "MIDDLE_SINGLE"
    ELDER_COUPLE = "ELDER_COUPLE"
    SINGLE_PARENT = "SINGLE_PARENT"
    GRANDPARENT = "GRANDPARENT"
    MULTICULTURAL = "MULTICULTURAL"
    ELDER_FAMILY = "ELDER_FAMILY"
    DISABLED_FAMILY = "DISABLED_FAMILY"
    SIBLINGS = "SIBLINGS"

    @property
    def household_type(self) -> str:
        return _TYPES.get(self, "FAMILY")

    @property
    def is_alone(self) -> bool:
        return self in (Archetype.ELDER_SINGLE, Archetype.MIDDLE_SINGLE)


_TYPES = {
    Archetype.ELDER_SINGLE: "SINGLE",
    Archetype.MIDDLE_SINGLE: "SINGLE",
    Archetype.ELDER_COUPLE: "COUPLE",
    Archetype.SINGLE_PARENT: "SINGLE_PARENT",
    Archetype.GRANDPARENT: "GRANDPARENT",
    Archetype.MULTICULTURAL: "MULTICULTURAL",
    Archetype.SIBLINGS: "OTHER",
}


@dataclass(frozen=True, slots=True)
class Portrait:
    """A household as it is all year. `focus` is the member whose health and habits the `traits` describe.

    `closing` names why the household will be closed during the year, if it will.
    """

    number: int
    key: str
    centre: str
    archetype: Archetype
    registered_on: date
    members: tuple[MemberPlan, ...]
    focus: MemberPlan
    dwelling: DwellingPlan
    benefits: tuple[str, ...]
    traits: tuple[str, ...]
    kin: str
    kin_is_close: bool
    neighbour: str
    clinic: str
    part: str
    pet: str
    phone: str
    emergency_contact: str
    note: str
    health_ground: str | None
    closing: str = ""
    featured: str = ""

    def has(self, condition: str) -> bool:
        """Whether the focus lives with this condition."""
        return condition in self.focus.conditions

    @property
    def adults(self) -> tuple[MemberPlan, ...]:
        """Members old enough to be met on a working day, the head first."""
        return tuple(m for m in self.members if m.relation != "GRANDCHILD" and not is_minor(m, self.registered_on))


def age_on(member: MemberPlan, day: date) -> int:
    """만 나이 in years."""
    born = member.birth_on
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def is_minor(member: MemberPlan, day: date) -> bool:
    return age_on(member, day) < 19
