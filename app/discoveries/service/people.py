"""A listed person as a household, as a member of one, and as a row keeps them."""

from __future__ import annotations

from typing import Any

from app.discoveries.rules import ListedPerson
from app.households.rules import DwellingDetails, HouseholdDetails, MemberDetails, Relation

_KEPT_BESIDE = ("row_number", "crisis_codes", "months_in_arrears", "previous_discoveries")
"""These have columns of their own on `ListRow`."""


def as_household(person: ListedPerson, centre_id: int) -> HouseholdDetails:
    """A new household of this person alone. The list's note stays with the list: it is no fact about the household."""
    return HouseholdDetails(
        centre_id=centre_id,
        dwelling=DwellingDetails(person.road_address, person.lot_address, person.unit),
        phone=next(iter(person.other_phones), person.phone),
        members=(as_member(person, Relation.HEAD),),
    )


def as_member(person: ListedPerson, relation: Relation) -> MemberDetails:
    """The person as a member of a household."""
    return MemberDetails(person.name, relation, person.sex, person.birth_on, phone=person.phone)


def as_document(person: ListedPerson) -> dict[str, Any]:
    """What `ListRow.read_as` keeps, empty fields left out."""
    read = {name: getattr(person, name) for name in person.__slots__ if name not in _KEPT_BESIDE}
    kept = {name: value for name, value in read.items() if value}
    return {**kept, "birth_on": person.birth_on.isoformat(), "name": person.name}
