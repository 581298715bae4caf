"""Needs of many households counted: domain by type of household. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.needs.rules.vocabulary import NeedHouseholdType, NeedLevel


@dataclass(frozen=True, slots=True)
class HouseholdNeeds:
    """One household as its latest survey of a period found it: the worst level of each domain, by its code."""

    household_id: int
    household_type: NeedHouseholdType
    worst: Mapping[str, NeedLevel]

    @property
    def needed(self) -> frozenset[str]:
        """Codes of the domains with a level of at least «필요»."""
        return frozenset(code for code, level in self.worst.items() if level.is_needed)


@dataclass(frozen=True, slots=True)
class NeedCounts:
    """What a report of needs says. Every number can name its households."""

    domains: tuple[tuple[str, str], ...]
    """Code and label of each domain, in the order of the newest form."""
    households: tuple[HouseholdNeeds, ...]

    @property
    def surveyed(self) -> int:
        """Households with a survey in the period."""
        return len(self.households)

    def who(self, domain: str, household_type: NeedHouseholdType | None = None) -> tuple[int, ...]:
        """Households with a need («필요» or more) in a domain, of one type or of all."""
        return tuple(
            each.household_id
            for each in self.households
            if domain in each.needed and household_type in (None, each.household_type)
        )

    def count(self, domain: str, household_type: NeedHouseholdType | None = None) -> int:
        """How many `who` names."""
        return len(self.who(domain, household_type))


def label_domains(forms: Iterable[Iterable[tuple[str, str]]]) -> tuple[tuple[str, str], ...]:
    """Code and label of the domains of several forms, the newest form first: its words and its order win."""
    found: dict[str, str] = {}
    for form in forms:
        for code, label in form:
            found.setdefault(code, label)
    return tuple(found.items())
