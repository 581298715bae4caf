"""Every planned record must pass the very checks that a nurse or a worker meets when saving one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from app.follow_ups.rules import ContactMode, Purpose
from app.seed.shapes import Story, VisitPlan, VitalsPlan
from app.visits.rules import (
    ActionTaken,
    Arm,
    CrisisAction,
    GlucoseContext,
    NotMeasured,
    Position,
    Reading,
    Symptom,
    SymptomCheck,
    VisitDetails,
    VitalKind,
    check_visit,
    load_judgements,
)

TABLE = Path(__file__).resolve().parents[3] / "seed_data" / "vitals_judgements.json"
JUDGEMENTS = load_judgements(json.loads(TABLE.read_text(encoding="utf-8")))
NUMBERS = {
    VitalKind.PULSE: "pulse",
    VitalKind.RESPIRATION: "respiration",
    VitalKind.TEMPERATURE: "temperature",
    VitalKind.SPO2: "spo2",
    VitalKind.HBA1C: "hba1c",
    VitalKind.WEIGHT: "weight",
    VitalKind.HEIGHT: "height",
    VitalKind.WAIST: "waist",
    VitalKind.PAIN: "pain",
}
UNLIKELY_BUT_TRUE = {"UNUSUAL", "CHANGED_MUCH", "REFERRAL_UNCHECKED"}


def readings_of(vitals: VitalsPlan, member: int) -> Iterator[Reading]:
    for systolic, diastolic in vitals.blood_pressure:
        yield Reading(
            VitalKind.BLOOD_PRESSURE,
            member,
            systolic=Decimal(systolic),
            diastolic=Decimal(diastolic),
            arm=Arm(vitals.arm),
            position=Position(vitals.posture),
        )
    for kind, name in NUMBERS.items():
        value = getattr(vitals, name)
        if value is not None:
            yield Reading(kind, member, value=Decimal(value))
    for value in vitals.glucose:
        yield Reading(VitalKind.GLUCOSE, member, value=Decimal(value), context=GlucoseContext(vitals.glucose_context))
    for kind, reason in vitals.not_taken.items():
        yield Reading(VitalKind(kind), member, not_measured=NotMeasured(reason))


def details_of(visit: VisitPlan, numbers: dict[str, int]) -> VisitDetails:
    crisis = visit.crisis
    member = numbers[crisis.member] if crisis else None
    return VisitDetails(
        visit_id=visit.id,
        household_id=1,
        occurred_on=visit.occurred_on,
        mode=ContactMode(visit.mode),
        purpose=Purpose(visit.purpose),
        began_at=visit.began_at,
        ended_at=visit.ended_at,
        members_seen=frozenset(numbers[key] for key in visit.members),
        welfare_note=visit.welfare_note,
        nursing_note=visit.nursing_note,
        shared_line=visit.shared_line,
        readings=tuple(r for vitals in visit.vitals for r in readings_of(vitals, numbers[vitals.member])),
        symptom_checks=(SymptomCheck(member, frozenset(map(Symptom, crisis.symptoms))),) if crisis else (),
        actions_taken=(ActionTaken(member, CrisisAction(crisis.action), crisis.note),) if crisis else (),
        promised_on=visit.promised_on,
        promise_note=visit.promise_note,
        told_to=visit.told_to,
    )


def problems_of(story: Story) -> Iterator[tuple[VisitPlan, object]]:
    numbers = {m.key: n for household in story.households for n, m in enumerate(household.members, 1)}
    members = {household.key: {numbers[m.key] for m in household.members} for household in story.households}
    last: dict[str, dict[tuple[int, VitalKind], Decimal]] = {household.key: {} for household in story.households}
    for visit in story.visits:
        if visit.mode in ("ABSENT", "NO_ANSWER"):
            continue
        details = details_of(visit, numbers)
        found = check_visit(
            details,
            now=visit.typed_at + timedelta(minutes=5),
            members=members[visit.household],
            judgements=JUDGEMENTS,
            previous=last[visit.household],
        )
        yield from ((visit, problem) for problem in found)
        for reading in details.readings:
            if reading.value is not None and reading.member_id is not None:
                last[visit.household][reading.member_id, reading.kind] = reading.value


def test_no_record_would_be_refused(any_story: Story) -> None:
    refused = [(visit.household, problem) for visit, problem in problems_of(any_story) if problem.is_refusal]
    assert refused == []


def test_only_unlikely_values_have_to_be_confirmed_and_seldom(any_story: Story) -> None:
    asked = [problem for _, problem in problems_of(any_story)]
    assert {problem.code for problem in asked} <= UNLIKELY_BUT_TRUE
    assert len(asked) < len(any_story.visits) / 50


@pytest.mark.parametrize("kind", ["systolic", "glucose"])
def test_every_dangerous_value_comes_with_what_was_done(any_story: Story, kind: str) -> None:
    dangerous = [visit for visit in any_story.visits if is_dangerous(visit, kind)]
    assert dangerous
    assert all(visit.crisis and visit.crisis.note for visit in dangerous)


def is_dangerous(visit: VisitPlan, kind: str) -> bool:
    if kind == "systolic":
        return any(s >= 180 or d >= 120 for v in visit.vitals for s, d in v.blood_pressure)
    return any(value < 70 or value >= 300 for v in visit.vitals for value in v.glucose)


def test_a_dangerous_value_was_measured_again(any_story: Story) -> None:
    severe = [
        v for visit in any_story.visits for v in visit.vitals if v.blood_pressure and v.blood_pressure[0][0] >= 180
    ]
    low = [v for visit in any_story.visits for v in visit.vitals if v.glucose and v.glucose[0] < 70]
    assert severe
    assert low
    assert all(len(v.blood_pressure) == 2 for v in severe)
    assert all(len(v.glucose) == 2 and v.glucose[1] >= 70 for v in low)


def test_the_absences_say_what_was_tried(any_story: Story) -> None:
    shut = [visit for visit in any_story.visits if visit.mode in ("ABSENT", "NO_ANSWER")]
    assert all(visit.absence and visit.absence.tried for visit in shut)
    assert not any(visit.vitals or visit.members for visit in shut)
