"""What is true of a household, of a day and of a measurement, in the words that phrases ask for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from .portraits import Portrait, age_on
from .shapes import VitalsPlan

_SEASONS = ("winter", "spring", "summer", "autumn")
_TIMES_OF_YEAR = {
    "heat": ((7, 10), (8, 25)),
    "monsoon": ((6, 20), (7, 25)),
    "flu": ((10, 1), (11, 30)),
    "kimjang": ((11, 15), (12, 10)),
    "march": ((3, 1), (3, 31)),
}
_NOTABLE_KG = Decimal("0.8")
_PILLS = {"htn", "dm", "heart", "copd", "kidney", "stroke", "memory", "cancer", "mood"}


def household_facts(portrait: Portrait, today: date) -> frozenset[str]:
    """What stays true all year: kind of household, dwelling, support, habits, kin; of the focus age, sex, illness."""
    age = age_on(portrait.focus, today)
    facts = {portrait.archetype.household_type.lower(), portrait.dwelling.kind.lower(), portrait.focus.sex.lower()}
    facts |= {benefit.lower() for benefit in portrait.benefits} | set(portrait.traits) | set(portrait.focus.conditions)
    facts |= {"elder"} if age >= 65 else {"middle"} if age >= 40 else {"young"}
    facts |= {"old_old"} if age >= 80 else set()
    facts |= {"alone"} if len(portrait.members) == 1 else set()
    facts |= {"siblings"} if portrait.archetype == "SIBLINGS" else set()
    facts |= {"school_child"} if any(7 <= age_on(m, today) <= 17 for m in portrait.members) else set()
    facts |= {"many_pills"} if len(_PILLS & facts) >= 2 else set()
    return frozenset(facts | _kin(portrait))


def _kin(portrait: Portrait) -> set[str]:
    if portrait.kin_is_close:
        return {"kin_close"}
    return {"no_kin"} if not portrait.emergency_contact else {"estranged"}


def day_facts(on: date) -> frozenset[str]:
    """Season and time of year."""
    day = (on.month, on.day)
    facts = {name for name, (first, last) in _TIMES_OF_YEAR.items() if first <= day <= last}
    facts.add(_SEASONS[on.month % 12 // 3])
    if day >= (12, 10) or day <= (2, 15):
        facts.add("cold")
    if (7, 25) <= day <= (8, 22) or (1, 2) <= day <= (2, 25):
        facts.add("vacation")
    return frozenset(facts)


def vitals_facts(vitals: VitalsPlan, before: VitalsPlan | None) -> frozenset[str]:
    """What the numbers say, and how they moved since the last time."""
    facts = set()
    if vitals.blood_pressure:
        facts |= _pressure(vitals, before)
    if vitals.glucose:
        facts |= _glucose(vitals)
        facts |= {"glu_seen_before"} if before and before.glucose else set()
    if vitals.weight is not None:
        facts |= {"weight"} | _weight(vitals, before)
    if vitals.pain is not None:
        facts.add("pain_high" if vitals.pain >= 5 else "pain_some" if vitals.pain else "pain_none")
    return frozenset(facts | ({"spo2"} if vitals.spo2 is not None else set()))


def _pressure(vitals: VitalsPlan, before: VitalsPlan | None) -> set[str]:
    facts = {_pressure_band(vitals)}
    if before and before.blood_pressure:
        change = vitals.blood_pressure[-1][0] - before.blood_pressure[-1][0]
        facts.add("seen_before")
        facts |= {"bp_up"} if change >= 8 else {"bp_down"} if change <= -8 else set()
    return facts


def _pressure_band(vitals: VitalsPlan) -> str:
    highest = max(systolic for systolic, _ in vitals.blood_pressure)
    systolic, diastolic = vitals.blood_pressure[-1]
    if highest >= 180 or diastolic >= 120:
        return "bp_crisis"
    if systolic >= 160 or diastolic >= 100:
        return "bp_high"
    if systolic >= 140 or diastolic >= 90:
        return "bp_mid"
    return "bp_low" if systolic < 95 else "bp_ok"


def _glucose(vitals: VitalsPlan) -> set[str]:
    value, fasting = vitals.glucose[0], vitals.glucose_context == "FASTING"
    if value < 70:
        return {"glu_low"}
    if value <= (130 if fasting else 180):
        return {"glu_ok"}
    return {"glu_high"} if (150 if fasting else 220) <= value < 300 else {"glu_between"}


def _weight(vitals: VitalsPlan, before: VitalsPlan | None) -> set[str]:
    if before is None or before.weight is None or vitals.weight is None:
        return set()
    change = vitals.weight - before.weight
    if abs(change) < _NOTABLE_KG:
        return {"weight_same"}
    return {"weight_up"} if change > 0 else {"weight_down"}
