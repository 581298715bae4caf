"""Households of the town: plain at first, changed where a test says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from app.access.identity import Identity
from app.core.database import new_id
from app.follow_ups import service as follow_ups
from app.follow_ups.models import ContactRow, TermRow
from app.follow_ups.rules import ContactMode, Purpose
from app.follow_ups.service import ContactDetails, TermDetails
from app.households import service
from app.households.models import Household, SafetyFlag
from app.households.rules import (
    DwellingDetails,
    FlagDetails,
    FlagKind,
    FlagRule,
    HouseholdDetails,
    HouseholdType,
    MemberDetails,
    Relation,
    Sex,
)
from sqlalchemy.orm import Session
from tests.moments import NOW, TODAY, day

HEAD = MemberDetails("김순자", Relation.HEAD, Sex.FEMALE, date(1942, 3, 15), phone="010-2646-2265")
SPOUSE = MemberDetails("박영수", Relation.SPOUSE, Sex.MALE, date(1939, 8, 2))
DWELLING = DwellingDetails("한빛구 나래길 121", "가람동 12-3", "102동 842호")


def details_of(
    centre_id: int, *members: MemberDetails, dwelling: DwellingDetails = DWELLING, **changes: Any
) -> HouseholdDetails:
    """A household as a form would give it; 김순자 alone unless members are given."""
    plain = HouseholdDetails(
        centre_id=centre_id, dwelling=dwelling, phone="02-3120-5050", household_type=HouseholdType.SINGLE,
        members=members or (HEAD,),
    )  # fmt: skip
    return replace(plain, **changes)


def add_household(
    session: Session, actor: Identity, *members: MemberDetails, now: datetime = NOW, **changes: Any
) -> Household:
    """A household of the actor's own centre (or of `centre_id`)."""
    centre_id = changes.pop("centre_id", actor.centre_id)
    return service.create_household(session, details_of(centre_id, *members, **changes), actor=actor, now=now)


def add_flag(session: Session, household: Household, actor: Identity, **changes: Any) -> SafetyFlag:
    """A large dog in the yard; visits in pairs."""
    dog = FlagDetails(FlagKind.LARGE_DOG, FlagRule.PAIR, "마당에 큰 개를 묶지 않음", "전화하고 나서 대문 열기", day(90))
    return service.raise_flag(session, household, replace(dog, **changes), actor=actor, now=NOW)


def set_rule(
    session: Session, household: Household, code: str, actor: Identity, *, starts_on: date = TODAY, now: datetime = NOW,
    **more: Any,
) -> TermRow:  # fmt: skip
    """Let a rule hold for a household from a day on."""
    return follow_ups.set_term(session, household, TermDetails(code, starts_on, **more), actor=actor, now=now)


def add_contact(
    session: Session, household: Household, occurred_on: date, *, mode: ContactMode = ContactMode.FACE,
    purpose: Purpose = Purpose.NURSING, member_ids: frozenset[int] | None = None, now: datetime = NOW, **more: Any,
) -> ContactRow:  # fmt: skip
    """Somebody was reached, or was not; all members unless the mode reaches nobody or some are named."""
    reached = mode in (ContactMode.FACE, ContactMode.CALL, ContactMode.OFFICE)
    everybody = frozenset(member.id for member in household.members) if reached else frozenset()
    details = ContactDetails(new_id(), occurred_on, mode, purpose, everybody if member_ids is None else member_ids)
    return follow_ups.record_contact(session, household, details, by_id=more.pop("by_id", None), now=now, **more)
