"""Visits as a tablet would send them: nothing wrong with them until a test changes them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from app.core.database import new_id
from app.follow_ups.rules import ContactMode, Purpose
from app.households.models import Household
from app.visits.rules import AbsenceDetails, Reading, Tried, VisitDetails, VitalKind
from tests.moments import TODAY, at


def visit_details(household: Household, occurred_on: date = TODAY, **changes: Any) -> VisitDetails:
    """A nurse's visit from 09:05 to 09:40 at which every member was seen."""
    plain = VisitDetails(
        visit_id=new_id(), household_id=household.id, occurred_on=occurred_on, mode=ContactMode.FACE,
        purpose=Purpose.NURSING, began_at=at(occurred_on, 9, 5), ended_at=at(occurred_on, 9, 40),
        members_seen=frozenset(member.id for member in household.members), welfare_note="밑반찬이 떨어짐",
    )  # fmt: skip
    return replace(plain, **changes)


def absence_details(household: Household, occurred_on: date = TODAY, **changes: Any) -> AbsenceDetails:
    """Nobody opened at 09:20; the bell was rung and a notice left."""
    plain = AbsenceDetails(
        visit_id=new_id(), household_id=household.id, occurred_on=occurred_on, at=at(occurred_on, 9, 20),
        tried=frozenset({Tried.BELL}), notice_left=True,
    )  # fmt: skip
    return replace(plain, **changes)


def blood_pressure(member_id: int, systolic: int, diastolic: int, **changes: Any) -> Reading:
    """One blood pressure in whole mmHg, taken at 09:20."""
    plain = Reading(
        VitalKind.BLOOD_PRESSURE, member_id, systolic=Decimal(systolic), diastolic=Decimal(diastolic),
        measured_at=at(TODAY, 9, 20),
    )  # fmt: skip
    return replace(plain, **changes)


def reading(member_id: int, kind: VitalKind, value: str, **changes: Any) -> Reading:
    """One measured number in the kind's unit."""
    return replace(Reading(kind, member_id, value=Decimal(value), measured_at=at(TODAY, 9, 25)), **changes)
