"""Which type a household is counted as, from what is stored of it. Pure.

The stored type says who lives together; ages tell 독거노인 from 청장년 1인 and 노인부부 from the rest. 장애인 is counted
where a household of no other type draws a disability benefit. The order is our own: no official one was found.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from app.households.rules import Benefit, HouseholdType
from app.needs.rules.vocabulary import NeedHouseholdType

ELDERLY_FROM = 65
"""Years; 노인복지법 counts from here."""
ADULT_FROM = 19
"""Years; 민법 제4조."""
_AS_STORED = {
    HouseholdType.SINGLE_PARENT: NeedHouseholdType.SINGLE_PARENT,
    HouseholdType.GRANDPARENT: NeedHouseholdType.SKIP_GEN,
    HouseholdType.MULTICULTURAL: NeedHouseholdType.MULTICULTURAL,
}


def type_of(stored: HouseholdType, ages: Sequence[int | None], benefits: Collection[str] = ()) -> NeedHouseholdType:
    """The type of a household with members of these ages (years; None: not known).

    One who lives alone and whose age nobody knows is «기타», so that no count of old or young people grows by guessing.
    """
    known = [age for age in ages if age is not None]
    if ages and len(known) == len(ages) and max(known) < ADULT_FROM:
        return NeedHouseholdType.TEEN_HEAD
    if stored in _AS_STORED:
        return _AS_STORED[stored]
    if stored is HouseholdType.SINGLE:
        return _alone(known)
    if stored is HouseholdType.COUPLE:
        is_old = len(known) == len(ages) and known and min(known) >= ELDERLY_FROM
        return NeedHouseholdType.ELDER_COUPLE if is_old else NeedHouseholdType.GENERAL_FAMILY
    if Benefit.DISABILITY in benefits:
        return NeedHouseholdType.DISABLED
    return NeedHouseholdType.GENERAL_FAMILY if stored is HouseholdType.FAMILY else NeedHouseholdType.OTHER


def _alone(known: Sequence[int]) -> NeedHouseholdType:
    if not known:
        return NeedHouseholdType.OTHER
    return NeedHouseholdType.SINGLE_ELDER if max(known) >= ELDERLY_FROM else NeedHouseholdType.SINGLE_ADULT
