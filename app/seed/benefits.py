"""What public support a household receives (수급 유형)."""

from __future__ import annotations

from datetime import date
from random import Random

from .dice import happens
from .portraits import Archetype, age_on
from .shapes import MemberPlan

_LIVELIHOOD = {
    Archetype.ELDER_SINGLE: 0.46,
    Archetype.MIDDLE_SINGLE: 0.42,
    Archetype.GRANDPARENT: 0.4,
    Archetype.SINGLE_PARENT: 0.35,
    Archetype.SIBLINGS: 0.5,
}


def benefits_of(rng: Random, archetype: Archetype, members: tuple[MemberPlan, ...], today: date) -> list[str]:
    """A believable combination; NONE alone when there is nothing."""
    found = _means_tested(rng, archetype)
    ages = [age_on(member, today) for member in members]
    if max(ages) >= 66 and happens(rng, 0.86):
        found.append("BASIC_PENSION")
    if any("장애인" in member.note for member in members) or happens(rng, 0.07):
        found.append("DISABILITY")
    if any(7 <= age <= 18 for age in ages) and ("LIVELIHOOD" in found or "HOUSING" in found):
        found.append("EDUCATION")
    return found or ["NONE"]


def _means_tested(rng: Random, archetype: Archetype) -> list[str]:
    if happens(rng, _LIVELIHOOD.get(archetype, 0.24)):
        return ["LIVELIHOOD", "MEDICAL", "HOUSING"]
    if happens(rng, 0.24):
        return ["NEAR_POOR"]
    if happens(rng, 0.18):
        return ["HOUSING"]
    return ["EMERGENCY"] if happens(rng, 0.12) else []
