"""The few visits on which a dangerous value was measured, spread over the people whom it could happen to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .dice import shuffled, stream
from .occasions import Occasion
from .portraits import Portrait
from .seed_files import read
from .workdays import Workdays

_HAPPENINGS = (("BP_CRISIS", 4), ("LOW_BP", 1), ("GLUCOSE_LOW", 3), ("GLUCOSE_HIGH", 2), ("SPO2_LOW", 1), ("FEVER", 1))
_WHO: Mapping[str, Callable[[Portrait], bool]] = {
    "BP_CRISIS": lambda p: p.has("htn"),
    "LOW_BP": lambda p: p.has("htn") and p.has("heart"),
    "GLUCOSE_LOW": lambda p: p.has("dm"),
    "GLUCOSE_HIGH": lambda p: p.has("dm"),
    "SPO2_LOW": lambda p: p.has("copd"),
    "FEVER": lambda p: True,
}


@dataclass(frozen=True, slots=True)
class Crisis:
    """What was measured on a visit; `blood_pressure` is given where the story wants an exact first reading."""

    kind: str
    household: str
    on: date
    blood_pressure: tuple[int, int] | None = None


def choose_crises(
    seed: int, portraits: Mapping[str, Portrait], occasions: Mapping[str, Sequence[Occasion]]
) -> dict[str, Crisis]:
    """At most one crisis per household, on a nurse's visit with more visits after it."""
    chosen = _featured(portraits, occasions)
    order = shuffled(stream(seed, "crises"), [p for p in portraits.values() if not p.featured and not p.closing])
    for kind, count in _HAPPENINGS:
        for portrait in [p for p in order if _WHO[kind](p)]:
            visits = _nursing_visits(occasions[portrait.key])
            if count and portrait.key not in chosen and len(visits) >= 3:
                chosen[portrait.key] = Crisis(kind, portrait.key, visits[len(visits) // 2].on)
                count -= 1
    return chosen


def _featured(portraits: Mapping[str, Portrait], occasions: Mapping[str, Sequence[Occasion]]) -> dict[str, Crisis]:
    chosen = {}
    for row in read("featured"):
        reading = row["nursing"].get("crisis")
        portrait = next(p for p in portraits.values() if p.featured == row["code"])
        visits = _nursing_visits(occasions[portrait.key])
        if reading and len(visits) >= 3:
            chosen[portrait.key] = Crisis("BP_CRISIS", portrait.key, visits[-3].on, (reading[0], reading[1]))
    return chosen


def _nursing_visits(occasions: Sequence[Occasion]) -> list[Occasion]:
    return [o for o in occasions if o.mode == "FACE" and o.duty == "NURSE" and not o.tag]


def follow_up_calls(
    crises: Mapping[str, Crisis], portraits: Mapping[str, Portrait], until: Mapping[str, date], workdays: Workdays
) -> list[Occasion]:
    """The nurse's call on the next working day after each crisis, as far as that day is not too late."""
    calls = []
    for crisis in crises.values():
        day = workdays.at_or_after(date.fromordinal(crisis.on.toordinal() + 1))
        if day <= until[crisis.household]:
            met = (portraits[crisis.household].focus.key,)
            calls.append(Occasion(crisis.household, day, "NURSE", "CALL", "NURSING", met, "after_crisis"))
    return calls
