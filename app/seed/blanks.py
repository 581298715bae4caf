"""Fills the blanks of phrases: fixed things of the household, numbers of the day, and small things from the lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from random import Random

from .dice import stream
from .portraits import Portrait
from .seed_files import read
from .shapes import VitalsPlan
from .words import Blanks, Word

WEEKDAYS = "월화수목금토일"
GLUCOSE_WORDS = {
    "FASTING": "공복",
    "AFTER_MEAL_2H": "식후 2시간",
    "AFTER_MEAL_UNKNOWN": "식후",
    "RANDOM": "무작위",
}
_RANGES = {
    "days": (2, 5), "small": (2, 4), "count": (2, 9), "pills": (4, 18), "ring": (3, 7), "tries": (2, 4), "months": (2, 6),
    "years": (3, 18), "rent": (23, 38), "thousand": (2, 5), "sleep": (4, 7), "cigarettes": (5, 15), "dawn": (2, 4),
    "room_heat": (29, 33), "room_cold": (13, 18), "hour_late": (5, 6),
}  # fmt: skip


def day_words(day: date) -> str:
    """«11월 30일(월)»."""
    return f"{day.month}월 {day.day}일({WEEKDAYS[day.weekday()]})"


def new_blanks(rng: Random, portrait: Portrait, on: date, given: Mapping[str, str]) -> Blanks:
    """Blanks of one record; what is `given` goes first."""
    fixed = {
        "kin": portrait.kin,
        "neighbour": portrait.neighbour,
        "clinic": portrait.clinic,
        "part": portrait.part,
        "pet": portrait.pet,
        "escort": _escort(portrait),
        "month_ahead": str(stream(portrait.key, "contract").randint(1, 12)),
        **given,
    }
    blanks = Blanks(lambda name: _draw(rng, name, on))
    blanks.update({name: Word(word) for name, word in fixed.items()})
    return blanks


def _escort(portrait: Portrait) -> str:
    if portrait.kin_is_close:
        return portrait.kin
    return "생활지원사" if "home_helper" in portrait.traits else "복지담당"


def _draw(rng: Random, name: str, on: date) -> str:
    if name in _RANGES:
        return str(rng.randint(*_RANGES[name]))
    maker = _MAKERS.get(name)
    return maker(rng, on) if maker else str(rng.choice(read("slots")[name]))


_MAKERS: Mapping[str, Callable[[Random, date], str]] = {
    "weekday": lambda rng, on: rng.choice(WEEKDAYS[:5]),
    "hour": lambda rng, on: str(rng.choice((10, 11, 2, 3, 4))),
    "walk": lambda rng, on: str(rng.choice((10, 15, 20, 30))),
    "voucher": lambda rng, on: f"{rng.randint(21, 148)},{rng.choice((0, 400, 500, 700)):03d}",
    "paper": lambda rng, on: str(rng.randint(6, 9) * 10),
}


def vitals_words(vitals: VitalsPlan, before: VitalsPlan | None) -> dict[str, str]:
    """The numbers of one member as phrases name them; only those that were measured."""
    words = {name: str(value) for name, value in _plain(vitals).items() if value is not None}
    if vitals.blood_pressure:
        words |= {"bp": _pressure(vitals.blood_pressure[-1]), "bp_first": _pressure(vitals.blood_pressure[0])}
    if before and before.blood_pressure:
        words["prev_bp"] = _pressure(before.blood_pressure[-1])
    if vitals.glucose:
        words |= {"glu": str(vitals.glucose[0]), "glu_again": str(vitals.glucose[-1])}
        words["glu_when"] = GLUCOSE_WORDS[vitals.glucose_context]
    if before and before.glucose:
        words["prev_glu"] = str(before.glucose[0])
    if before and before.weight is not None and vitals.weight is not None:
        words["weight_change"] = str(abs(vitals.weight - before.weight))
    return words


def _plain(vitals: VitalsPlan) -> dict[str, object]:
    return {
        "pulse": vitals.pulse,
        "temp": vitals.temperature,
        "spo2": vitals.spo2,
        "weight": vitals.weight,
        "pain": vitals.pain,
    }


def _pressure(reading: tuple[int, int]) -> str:
    return f"{reading[0]}/{reading[1]}"
