"""Dangerous readings put into a visit's vitals, each measured or checked again as the protocol asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

from .crises import Crisis
from .shapes import VitalsPlan


def in_danger(rng: Random, vitals: VitalsPlan, crisis: Crisis) -> VitalsPlan:
    """The same vitals with the crisis in them."""
    return _CHANGES[crisis.kind](rng, vitals, crisis)


def _bp_crisis(rng: Random, vitals: VitalsPlan, crisis: Crisis) -> VitalsPlan:
    first = crisis.blood_pressure or (rng.randint(182, 197), rng.randint(99, 114))
    again = (first[0] - rng.randint(4, 9), first[1] - rng.randint(2, 6))
    return replace(vitals, blood_pressure=(first, again), pulse=rng.randint(84, 98))


def _low_bp(rng: Random, vitals: VitalsPlan, crisis: Crisis) -> VitalsPlan:
    first = (rng.randint(84, 88), rng.randint(50, 54))
    again = (first[0] + rng.randint(5, 9), first[1] + rng.randint(2, 5))
    return replace(vitals, blood_pressure=(first, again), posture="LYING")


def _glucose_low(rng: Random, vitals: VitalsPlan, crisis: Crisis) -> VitalsPlan:
    low = rng.choice((58, 51, 63, 66))
    return replace(vitals, glucose=(low, low + rng.randint(32, 48)), glucose_context="RANDOM")


def _glucose_high(rng: Random, vitals: VitalsPlan, crisis: Crisis) -> VitalsPlan:
    return replace(vitals, glucose=(rng.randint(312, 388),), glucose_context="AFTER_MEAL_UNKNOWN")


def _spo2_low(rng: Random, vitals: VitalsPlan, crisis: Crisis) -> VitalsPlan:
    return replace(vitals, spo2=rng.randint(88, 90), respiration=rng.randint(24, 27), pulse=rng.randint(92, 104))


def _fever(rng: Random, vitals: VitalsPlan, crisis: Crisis) -> VitalsPlan:
    return replace(vitals, temperature=Decimal(f"38.{rng.randint(1, 8)}"), pulse=rng.randint(90, 104))


_CHANGES: dict[str, Callable[[Random, VitalsPlan, Crisis], VitalsPlan]] = {
    "BP_CRISIS": _bp_crisis,
    "LOW_BP": _low_bp,
    "GLUCOSE_LOW": _glucose_low,
    "GLUCOSE_HIGH": _glucose_high,
    "SPO2_LOW": _spo2_low,
    "FEVER": _fever,
}
