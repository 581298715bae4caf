"""Everybody's own body: where their readings lie, how they drift over the year, and how much they scatter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import cos, exp, pi
from random import Random

from .dice import happens, stream
from .portraits import Portrait, age_on
from .shapes import MemberPlan, VitalsPlan

_HIGHEST_USUAL, _LOWEST_USUAL = (174, 106), (101, 56)


@dataclass(frozen=True, slots=True)
class Body:
    """A member's usual values. Drifts are per year; `worst_on` are the days around which control was lost."""

    member: str
    conditions: tuple[str, ...]
    systolic: float
    diastolic: float
    pulse: float
    temperature: float
    spo2: float
    fasting: float
    weight: float
    height: float
    pain: float
    drift: float
    weight_drift: float
    worst_on: tuple[date, ...]


def body_of(seed: int, member: MemberPlan, portrait: Portrait, worst_on: Sequence[date], today: date) -> Body:
    """The same body every time for the same member."""
    rng, has = stream(seed, "body", member.key), member.conditions.__contains__
    tall = rng.gauss(165.5, 5.5) if member.sex == "MALE" else rng.gauss(152.5, 5.0)
    loses = "poor_appetite" in portrait.traits and member is portrait.focus
    return Body(
        member=member.key,
        conditions=member.conditions,
        systolic=rng.gauss(134, 6) if has("htn") else rng.gauss(121, 6),
        diastolic=rng.gauss(80, 5) if has("htn") else rng.gauss(74, 5),
        pulse=rng.gauss(73, 6),
        temperature=rng.gauss(36.5, 0.12),
        spo2=93.6 if has("copd") else rng.gauss(97.2, 0.6),
        fasting=rng.gauss(128, 11) if has("dm") else rng.gauss(97, 5),
        weight=min(96.0, max(42.5, (tall / 100) ** 2 * rng.gauss(23.4, 2.6))),
        height=tall - max(0, age_on(member, today) - 70) * 0.12,
        pain=rng.uniform(1.5, 5.2) if has("joints") else rng.choice((0, 0, 0, 0.8)),
        drift=rng.gauss(0, 3),
        weight_drift=rng.uniform(-4.5, -1.5) if loses else rng.gauss(0, 1.2),
        worst_on=tuple(worst_on),
    )


class Meter:
    """Measures bodies on days. `today` is where the year that drifts ends."""

    def __init__(self, today: date) -> None:
        self.today = today

    def measure(self, rng: Random, body: Body, on: date, hour: int, *, is_first: bool) -> VitalsPlan:
        """One member's vitals: those that a nurse takes with this person, with that day's scatter."""
        has = body.conditions.__contains__
        context = _context(rng, hour) if has("dm") or happens(rng, 0.06) else ""
        return VitalsPlan(
            member=body.member,
            blood_pressure=(self._pressure(rng, body, on),),
            arm="LEFT" if has("stroke") else "RIGHT",
            pulse=round(min(104, max(54, rng.gauss(body.pulse, 4)))),
            respiration=rng.randint(14, 20) if has("copd") or happens(rng, 0.1) else None,
            temperature=_tenths(min(37.3, max(35.8, rng.gauss(body.temperature, 0.15)))),
            spo2=self._spo2(rng, body) if has("copd") or has("heart") or happens(rng, 0.12) else None,
            glucose=(self._glucose(rng, body, on, context),) if context else (),
            glucose_context=context,
            hba1c=_tenths((self._fasting(rng, body, on) + 46.7) / 28.7) if has("dm") and happens(rng, 0.07) else None,
            weight=self._weight(rng, body, on) if is_first or happens(rng, 0.45) else None,
            height=_tenths(body.height) if is_first else None,
            waist=_tenths(body.weight * 0.72 + 41) if is_first or happens(rng, 0.05) else None,
            pain=self._pain(rng, body) if has("joints") or happens(rng, 0.08) else None,
        )

    def _years(self, on: date) -> float:
        return (on - self.today).days / 365

    def _worse(self, body: Body, on: date) -> float:
        """How much control is lost, 0 to 1: it builds up for six weeks and comes back over some months."""
        lost = 0.0
        for day in body.worst_on:
            since = (on - day).days
            lost = max(lost, exp(-since / 55) if since >= 0 else max(0.0, 1 + since / 42))
        return lost

    def _pressure(self, rng: Random, body: Body, on: date) -> tuple[int, int]:
        cold = cos(2 * pi * (on.timetuple().tm_yday - 20) / 365)
        worse = self._worse(body, on) * (1 if "htn" in body.conditions else 0.35)
        systolic = body.systolic + 3.5 * cold + body.drift * self._years(on) + 26 * worse + rng.gauss(0, 5)
        diastolic = body.diastolic + 1.5 * cold + 10 * worse + rng.gauss(0, 3.5)
        diastolic = min(diastolic, systolic - 28)
        return (
            round(min(_HIGHEST_USUAL[0], max(_LOWEST_USUAL[0], systolic))),
            round(min(_HIGHEST_USUAL[1], max(_LOWEST_USUAL[1], diastolic))),
        )

    def _fasting(self, rng: Random, body: Body, on: date) -> float:
        worse = self._worse(body, on) * (46 if "dm" in body.conditions else 4)
        return body.fasting + worse + rng.gauss(0, 9 if "dm" in body.conditions else 4)

    def _glucose(self, rng: Random, body: Body, on: date, context: str) -> int:
        rise = {"FASTING": 0.0, "AFTER_MEAL_2H": 0.38, "AFTER_MEAL_UNKNOWN": 0.3, "RANDOM": 0.22}[context]
        return round(min(278, max(78, self._fasting(rng, body, on) * (1 + rise + rng.gauss(0, 0.05)))))

    def _spo2(self, rng: Random, body: Body) -> int:
        return round(min(99, max(92, rng.gauss(body.spo2, 0.7))))

    def _weight(self, rng: Random, body: Body, on: date) -> Decimal:
        return _tenths(body.weight + body.weight_drift * (1 + self._years(on)) + rng.gauss(0, 0.25))

    def _pain(self, rng: Random, body: Body) -> int:
        return round(min(7, max(0, rng.gauss(body.pain, 1.1))))


def _context(rng: Random, hour: int) -> str:
    if hour < 11:
        return rng.choice(("FASTING", "AFTER_MEAL_2H", "AFTER_MEAL_2H", "AFTER_MEAL_UNKNOWN"))
    return rng.choice(("AFTER_MEAL_2H", "AFTER_MEAL_2H", "AFTER_MEAL_UNKNOWN", "RANDOM"))


def _tenths(value: float) -> Decimal:
    return Decimal(f"{value:.1f}")
