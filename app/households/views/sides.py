"""Two households side by side, so that a person can say whether they are one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.text import format_phone, search_key
from app.households.models import Household, Member
from app.households.rules import HouseholdDetails
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
    typed = _typed(details)
    return [typed, *(_known(household, typed) for household in similar)]


def _typed(details: HouseholdDetails) -> Side:
    head, dwelling = details.members[0], details.dwelling
    born = head.birth_on.isoformat() if head.birth_on else str(head.birth_year or "")
    address = ", ".join(part for part in (dwelling.road_address or dwelling.lot_address, dwelling.unit) if part)
    phone = format_phone(stored_phone(details.phone))
    return Side(None, "지금 쓴 가구", (Fact(_person(head.name, born)),), (Fact(phone),) if phone else (), Fact(address))


def _known(household: Household, typed: Side) -> Side:
    people = {_person(member.name, _born(member)) for member in household.members}
    phones = {format_phone(phone) for phone in (household.phone, *(each.phone for each in household.members)) if phone}
    assignees = [account.title for account in (household.worker, household.nurse) if account]
    return Side(
        household.id, household.number, _marked(people, typed.people), _marked(phones, typed.phones),
        *_marked({household.address}, (typed.address,)), ", ".join(assignees),
    )  # fmt: skip


def _marked(texts: set[str], typed: Sequence[Fact]) -> tuple[Fact, ...]:
    wanted = {search_key(fact.text) for fact in typed if fact.text}
    return tuple(Fact(text, search_key(text) in wanted) for text in sorted(texts))


def _person(name: str, born: str) -> str:
    return f"{name} {born}".strip()


def _born(member: Member) -> str:
    return member.birth_on.isoformat() if member.birth_on else str(member.birth_year or "")
