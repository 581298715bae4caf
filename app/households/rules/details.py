"""What a form, a list or the seed says about a household, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from app.households.rules.vocabulary import (
    Benefit,
    Dwelling,
    FlagKind,
    FlagRule,
    HealthGround,
    HouseholdType,
    Relation,
    Sex,
)


@dataclass(frozen=True, slots=True)
class MemberDetails:
    """One person as typed. `birth_on` may be unknown; then `birth_year` alone may still be known."""

    name: str
    relation: Relation = Relation.HEAD
    sex: Sex | None = None
    birth_on: date | None = None
    birth_year: int | None = None
    phone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DwellingDetails:
    """Where they live and how to get to the door."""

    road_address: str = ""
    lot_address: str = ""
    unit: str = ""
    kind: Dwelling | None = None
    approach: str = ""


@dataclass(frozen=True, slots=True)
class HouseholdDetails:
    """A household as the form, the list import or the seed gives it; the head is `members[0]` at creation."""

    centre_id: int
    dwelling: DwellingDetails
    phone: str = ""
    emergency_contact: str = ""
    household_type: HouseholdType = HouseholdType.OTHER
    benefits: tuple[Benefit, ...] = ()
    health_ground: HealthGround | None = None
    note: str = ""
    members: tuple[MemberDetails, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class FlagDetails:
    """A safety flag as typed: what, how to visit, why we say so, and when to look again."""

    kind: FlagKind
    rule: FlagRule
    basis: str
    instruction: str
    review_on: date
