"""How what was typed about a household is stored, and how what is stored is said again."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Any

from app.core.privacy import mask_resident_numbers
from app.core.text import format_phone, normalise, phone_digits, stored_doors, tidy_address
from app.households.models import Household, Member
from app.households.rules import Benefit, DwellingDetails, HouseholdDetails, MemberDetails

HOUSEHOLD_FIELDS = {
    "household_type": "가구 유형",
    "benefits": "수급 유형",
    "health_ground": "건강정보 공유 근거",
    "road_address": "도로명주소",
    "lot_address": "지번주소",
    "unit": "동·호",
    "dwelling": "주거 형태",
    "approach": "찾아가는 길",
    "phone": "전화",
    "emergency_contact": "급할 때 연락처",
    "note": "메모",
}
MEMBER_FIELDS = {
    "name": "이름",
    "relation": "관계",
    "sex": "성별",
    "birth_on": "생년월일",
    "birth_year": "태어난 해",
    "phone": "전화",
    "note": "메모",
}


def household_columns(details: HouseholdDetails) -> dict[str, Any]:
    """The columns of a household by name; resident numbers in any text are masked."""
    where = _address_columns(details.dwelling)
    return {
        "household_type": details.household_type,
        "benefits": [benefit.value for benefit in details.benefits],
        "health_ground": details.health_ground,
        **where,
        **stored_doors(**where),
        "dwelling": details.dwelling.kind,
        "approach": mask_resident_numbers(details.dwelling.approach),
        "phone": stored_phone(details.phone),
        "emergency_contact": mask_resident_numbers(details.emergency_contact),
        "note": mask_resident_numbers(details.note),
    }


def _address_columns(dwelling: DwellingDetails) -> dict[str, str]:
    return {
        "road_address": tidy_address(mask_resident_numbers(dwelling.road_address)),
        "lot_address": normalise(mask_resident_numbers(dwelling.lot_address)),
        "unit": normalise(mask_resident_numbers(dwelling.unit)),
    }


def member_columns(details: MemberDetails) -> dict[str, Any]:
    """The columns of a member by name."""
    return {
        "name": normalise(mask_resident_numbers(details.name)),
        "relation": details.relation,
        "sex": details.sex,
        "birth_on": details.birth_on,
        "birth_year": details.birth_on.year if details.birth_on else details.birth_year,
        "phone": stored_phone(details.phone),
        "note": mask_resident_numbers(details.note),
    }


def stored_phone(text: str) -> str:
    """Figures alone when it is a telephone number, otherwise what was typed."""
    return phone_digits(text) or normalise(mask_resident_numbers(text))


def spoken(value: Any) -> str:
    """A field's value as people read it."""
    if isinstance(value, list):
        return ", ".join(Benefit(item).label for item in value)
    if isinstance(value, StrEnum):
        return str(getattr(value, "label", value))
    text = "" if value is None else str(value)
    return format_phone(text) if text.isdecimal() else text


def as_details(household: Household) -> HouseholdDetails:
    """A household as its edit form begins."""
    dwelling = DwellingDetails(
        household.road_address, household.lot_address, household.unit, household.dwelling, household.approach
    )
    return HouseholdDetails(
        centre_id=household.centre_id, dwelling=dwelling, phone=format_phone(household.phone),
        emergency_contact=household.emergency_contact, household_type=household.household_type,
        benefits=tuple(Benefit(benefit) for benefit in household.benefits), health_ground=household.health_ground,
        note=household.note,
    )  # fmt: skip


def as_member_details(member: Member) -> MemberDetails:
    """A member as its edit form begins."""
    details = MemberDetails(
        member.name,
        member.relation,
        member.sex,
        member.birth_on,
        member.birth_year,
        member.phone,
        member.note,
    )
    return replace(details, phone=format_phone(member.phone))
