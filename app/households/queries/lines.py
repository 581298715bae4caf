"""A household as one line of a list, read once, so that templates ask the database nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.core.text import format_phone
from app.households.models import Household, Member, SafetyFlag
from app.households.queries.listed import ListedFlag, ListedHousehold, ListedMember
from app.households.rules import (
    LONG_UNSEEN_DAYS,
    FlagRule,
    HouseholdStatus,
    HouseholdType,
    Risk,
    age_on,
    strictest,
)


@dataclass(frozen=True, slots=True)
class HouseholdLine:
    """What lists show of a household."""

    id: int
    number: str
    title: str
    centre_name: str
    head: str
    """Age and sex of the head: «84세 여», as far as they are known."""
    others: tuple[str, ...]
    """Names of further members who are not in the title."""
    household_type: HouseholdType
    risk: Risk
    status: HouseholdStatus
    flags: tuple[SafetyFlag | ListedFlag, ...]
    """Standing flags."""
    rule: FlagRule | None
    """How to visit: the strictest of the flags."""
    address: str
    phone: str
    worker_name: str
    nurse_name: str
    last_seen_on: date | None
    unseen_days: int | None
    """Days since the last face-to-face contact; None when there never was one."""

    @property
    def is_long_unseen(self) -> bool:
        return self.unseen_days is None or self.unseen_days > LONG_UNSEEN_DAYS

    @property
    def is_active(self) -> bool:
        return self.status is HouseholdStatus.ACTIVE


def lines_of(households: Iterable[Household | ListedHousehold], *, today: date) -> list[HouseholdLine]:
    """Households that were listed, found, or loaded `with_line` as lines of a list."""
    return [_line(household, today) for household in households]


def _line(household: Household | ListedHousehold, today: date) -> HouseholdLine:
    present = [member for member in household.members if member.is_present] or household.members
    flags = tuple(flag for flag in household.flags if flag.is_standing)
    return HouseholdLine(
        id=household.id, number=household.number, title=household.title, centre_name=household.centre.name,
        head=_age_and_sex(present[0], today) if present else "",
        others=tuple(member.name for member in present if member.name not in household.title.split(" · ")),
        household_type=household.household_type, risk=household.risk, status=household.status, flags=flags,
        rule=strictest([flag.rule for flag in flags]), address=household.address, phone=format_phone(household.phone),
        worker_name=household.worker.name if household.worker else "",
        nurse_name=household.nurse.name if household.nurse else "", last_seen_on=household.last_seen_on,
        unseen_days=(today - household.last_seen_on).days if household.last_seen_on else None,
    )  # fmt: skip


def _age_and_sex(member: Member | ListedMember, today: date) -> str:
    age = age_on(today, birth_on=member.birth_on, birth_year=member.birth_year)
    return " ".join(
        part for part in (f"{age}세" if age is not None else "", member.sex.label if member.sex else "") if part
    )
