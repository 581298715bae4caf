"""Doors that stayed shut and calls nobody took: before a visit that worked, and at the end of the story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from random import Random

from .care import Lane
from .dice import happens
from .occasions import Occasion
from .workdays import DAY, Workdays

_BEFORE_A_VISIT, _BEFORE_A_CALL, _SECOND_IN_A_ROW = 0.085, 0.13, 0.2


def with_vain_tries(rng: Random, occasions: Sequence[Occasion], workdays: Workdays) -> list[Occasion]:
    """The occasions with, here and there, one or two vain tries in the days before one that worked."""
    result: list[Occasion] = []
    for occasion in occasions:
        earliest = result[-1].on if result else None
        tries = _before(rng, occasion, workdays) if earliest else []
        tries = [attempt for attempt in tries if earliest and attempt.on > earliest]
        result += tries
        result.append(replace(occasion, tag="after_absence") if tries and not occasion.tag else occasion)
    return result


def _before(rng: Random, occasion: Occasion, workdays: Workdays) -> list[Occasion]:
    if occasion.mode == "CALL" and happens(rng, _BEFORE_A_CALL):
        missed = replace(occasion, on=workdays.before(occasion.on), mode="NO_ANSWER", members=(), tag="")
        asked = [replace(missed, mode="NEIGHBOUR")] if happens(rng, 0.3) else []
        return [missed, *asked]
    if occasion.mode != "FACE" or occasion.tag or not happens(rng, _BEFORE_A_VISIT):
        return []
    shut = replace(occasion, on=workdays.before(occasion.on, rng.randint(1, 4)), mode="ABSENT", members=())
    shut = replace(shut, purpose=_single(shut.purpose))
    if not happens(rng, _SECOND_IN_A_ROW):
        return [shut]
    first = replace(shut, on=workdays.before(shut.on, rng.randint(2, 4)))
    letter = replace(shut, mode="LETTER") if happens(rng, 0.5) else None
    return [first, replace(shut, tag="second_absence"), *([letter] if letter else [])]


def _single(purpose: str) -> str:
    """Of a joint visit that found nobody, the nurse was the one at the door."""
    return "NURSING" if purpose == "JOINT" else purpose


def at_the_end(rng: Random, lane: Lane, last_met: date | None, today: date, workdays: Workdays) -> list[Occasion]:
    """The lane's vain tries in the last days of the story, all of them after somebody was last met."""
    latest = workdays.before(today, rng.randint(1, 2))
    days = [latest] if lane.absences == 1 else [workdays.before(latest, rng.randint(2, 3)), latest]
    days = [day for day in days if last_met is None or day > last_met + DAY]
    purpose = "NURSING" if lane.duty == "NURSE" else "WELFARE"
    return [
        Occasion(lane.household, day, lane.duty, "ABSENT", purpose, tag="second_absence" if n else "")
        for n, day in enumerate(days)
    ]
