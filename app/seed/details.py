"""The story's plans as the details that the services take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from app.core.clock import KOREA
from app.follow_ups.rules import ContactMode, Purpose
from app.households.rules import (
    Benefit,
    Dwelling,
    DwellingDetails,
    FlagDetails,
    FlagKind,
    FlagRule,
    HealthGround,
    HouseholdDetails,
    HouseholdType,
    MemberDetails,
    Relation,
    Sex,
)
from app.seed.shapes import FlagPlan, HouseholdPlan, MemberPlan, VisitPlan, VitalsPlan
from app.visits.rules import (
    AbsenceDetails,
    ActionTaken,
    Arm,
    CrisisAction,
    GlucoseContext,
    NotMeasured,
    Position,
    Reading,
    Symptom,
    SymptomCheck,
    Tried,
    VisitDetails,
    VitalKind,
)

SINGLES = ("pulse", "respiration", "temperature", "spo2", "hba1c", "weight", "height", "waist", "pain")


def household_details(plan: HouseholdPlan, centre_id: int) -> HouseholdDetails:
    """A planned household as its form would give it."""
    dwelling = plan.dwelling
    return HouseholdDetails(
        centre_id=centre_id,
        dwelling=DwellingDetails(
            dwelling.road_address, dwelling.lot_address, dwelling.unit, Dwelling(dwelling.kind), dwelling.approach
        ),
        phone=plan.phone,
        emergency_contact=plan.emergency_contact,
        household_type=HouseholdType(plan.household_type),
        benefits=tuple(Benefit(benefit) for benefit in plan.benefits),
        health_ground=HealthGround(plan.health_ground) if plan.health_ground else None,
        note=plan.note,
        members=tuple(_member(member) for member in plan.members),
    )


def _member(plan: MemberPlan) -> MemberDetails:
    return MemberDetails(plan.name, Relation(plan.relation), Sex(plan.sex), plan.birth_on, None, plan.phone, plan.note)


def flag_details(plan: FlagPlan) -> FlagDetails:
    """A planned safety flag."""
    return FlagDetails(FlagKind(plan.kind), FlagRule(plan.rule), plan.basis, plan.instruction, plan.review_on)


def absence_details(plan: VisitPlan, household_id: int) -> AbsenceDetails:
    """A planned vain try; `plan.absence` says what was tried."""
    absence = plan.absence
    if absence is None:
        raise ValueError("this visit met somebody")
    return AbsenceDetails(
        visit_id=plan.id,
        household_id=household_id,
        occurred_on=plan.occurred_on,
        at=plan.began_at.astimezone(KOREA),
        purpose=Purpose(plan.purpose),
        mode=ContactMode(plan.mode),
        tried=frozenset(Tried(way) for way in absence.tried),
        notice_left=absence.notice_left,
        neighbour_asked=absence.neighbour_asked,
        note=absence.note,
    )


def visit_details(
    plan: VisitPlan, household_id: int, member_ids: Mapping[str, int], companion_ids: frozenset[int]
) -> VisitDetails:
    """A planned visit as its form would give it. `member_ids`: what the story's member keys became."""
    crisis = plan.crisis
    checks = (
        (SymptomCheck(member_ids[crisis.member], frozenset(Symptom(s) for s in crisis.symptoms)),) if crisis else ()
    )
    done = (ActionTaken(member_ids[crisis.member], CrisisAction(crisis.action), crisis.note),) if crisis else ()
    return VisitDetails(
        visit_id=plan.id,
        household_id=household_id,
        occurred_on=plan.occurred_on,
        mode=ContactMode(plan.mode),
        purpose=Purpose(plan.purpose),
        began_at=plan.began_at.astimezone(KOREA),
        ended_at=plan.ended_at.astimezone(KOREA),
        members_seen=frozenset(member_ids[key] for key in plan.members),
        companion_ids=companion_ids,
        welfare_note=plan.welfare_note,
        alone_because=plan.alone_reason,
        nursing_note=plan.nursing_note,
        shared_line=plan.shared_line,
        readings=tuple(reading for vitals in plan.vitals for reading in _readings(vitals, member_ids[vitals.member])),
        symptom_checks=checks,
        actions_taken=done,
        promised_on=plan.promised_on,
        promise_note=plan.promise_note,
        told_to=plan.told_to,
    )


def _readings(plan: VitalsPlan, member_id: int) -> Iterator[Reading]:
    for systolic, diastolic in plan.blood_pressure:
        yield Reading(
            VitalKind.BLOOD_PRESSURE,
            member_id,
            systolic=Decimal(systolic),
            diastolic=Decimal(diastolic),
            arm=Arm(plan.arm),
            position=Position(plan.posture),
        )
    for name in SINGLES:
        value = getattr(plan, name)
        if value is not None:
            yield Reading(VitalKind(name.upper()), member_id, value=Decimal(value))
    for amount in plan.glucose:
        context = GlucoseContext(plan.glucose_context)
        yield Reading(VitalKind.GLUCOSE, member_id, value=Decimal(amount), context=context)
    for kind, reason in plan.not_taken.items():
        yield Reading(VitalKind(kind), member_id, not_measured=NotMeasured(reason))
