"""Two households side by side, so that a person can say whether they are one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.core.text import format_phone, search_key
from app.households.models import Household
from app.households.rules import HouseholdDetails
from app.households.rules.similar import Place
from app.households.service import stored_phone


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of a household, and whether the new one has the same."""

    text: str
    is_same: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One household as the comparison shows it; without an id it is the one being typed."""

    household_id: int | None
    number: str
    people: tuple[Fact, ...]
    phones: tuple[Fact, ...]
    address: Fact
    assignees: str = ""


def sides_of(details: HouseholdDetails, similar: Sequence[Household]) -> list[Side]:
    """The household being typed first, then those it may be a second copy of."""
    return [_typed(details), *(_known(household, details) for household in similar)]


def _typed(details: HouseholdDetails) -> Side:
    head = details.members[0]
    people = (Fact(_person(head.name, head.birth_on, head.birth_year)),)
    phones = (Fact(format_phone(stored_phone(details.phone))),) if details.phone else ()
    return Side(None, "지금 쓴 가구", people, phones, Fact(_address(details)))


def _known(household: Household, typed: HouseholdDetails) -> Side:
    name, phone = search_key(typed.members[0].name), stored_phone(typed.phone)
    people = tuple(
        Fact(_person(member.name, member.birth_on, member.birth_year), search_key(member.name) == name)
        for member in household.members
    )
    phones = dict.fromkeys((household.phone, *(member.phone for member in household.members)))
    where = typed.dwelling
    place = Place.of(where.road_address, where.lot_address, where.unit)
    known = Place.of(household.road_address, household.lot_address, household.unit)
    return Side(
        household.id, household.number, people,
        tuple(Fact(format_phone(number), number == phone) for number in phones if number),
        Fact(household.address, place.may_be_same_door(known)),
        ", ".join(account.title for account in (household.worker, household.nurse) if account),
    )  # fmt: skip


def _person(name: str, birth_on: date | None, birth_year: int | None) -> str:
    return f"{name} {birth_on or birth_year or ''}".strip()


def _address(details: HouseholdDetails) -> str:
    dwelling = details.dwelling
    return ", ".join(part for part in (dwelling.road_address or dwelling.lot_address, dwelling.unit) if part)
