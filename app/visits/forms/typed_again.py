"""A stored record's vitals as the fields of its correction form begin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from app.core.clock import korean_time
from app.visits.forms.vitals import REASON_OF, ROUNDS, SAME, SINGLES
from app.visits.rules import Reading, VitalKind, show


def typed_again(
    readings: Sequence[Reading],
    symptom_checks: Sequence[Mapping[str, Any]],
    actions: Sequence[Mapping[str, Any]],
    *,
    began_at: datetime | None = None,
) -> dict[str, dict[str, Any]]:
    """A stored record's vitals as the parts `m12` … of its correction form begin.

    A time of measurement is shown where it is one for all of a member and not the beginning of the visit.
    """
    parts: dict[str, dict[str, Any]] = defaultdict(dict)
    for reading in readings:
        _put(parts[f"m{reading.member_id}"], reading)
    for member_id in {reading.member_id for reading in readings}:
        at = _one_time((each for each in readings if each.member_id == member_id), began_at)
        parts[f"m{member_id}"] |= {"measured": korean_time(at).time()} if at else {}
    for check in symptom_checks:
        parts[f"m{check['member_id']}"] |= {"symptoms": check["symptoms"], "no_symptoms": not check["symptoms"]}
    for done in actions:
        parts[f"m{done['member_id']}"] |= {"action": done["action"], "action_note": done["note"]}
    return dict(parts)


def _one_time(readings: Iterable[Reading], began_at: datetime | None) -> datetime | None:
    times = {reading.measured_at for reading in readings}
    at = times.pop() if len(times) == 1 else None
    return None if at is None or began_at is None or at == began_at else at


def _put(part: dict[str, Any], reading: Reading) -> None:
    """Put a reading into the first fields of its kind that are still empty."""
    if reading.not_measured is not None:
        _put_reason(part, reading)
    elif reading.kind is VitalKind.BLOOD_PRESSURE:
        _put_pressure(part, reading)
    else:
        names = [name for name, (kind, _measure) in SINGLES.items() if kind is reading.kind]
        name = next((name for name in names if name not in part), names[-1])
        part[name] = reading.flag.value if reading.flag else show(SINGLES[name][1], reading.value or Decimal(0))
        if reading.context:
            part["glucose_context"] = reading.context.value


def _put_reason(part: dict[str, Any], reading: Reading) -> None:
    """A reason beside a value is that of the reading that was to be taken again."""
    names = [name for name, kind in REASON_OF.items() if kind is reading.kind]
    first = "systolic" if reading.kind is VitalKind.BLOOD_PRESSURE else names[0]
    taken = first in part or f"{names[0]}_why" in part
    if reading.not_measured is not None:
        part[f"{names[-1] if taken else names[0]}_why"] = reading.not_measured.value


def _put_pressure(part: dict[str, Any], reading: Reading) -> None:
    place = next((at for at, nth in enumerate(ROUNDS) if f"systolic{nth}" not in part), len(ROUNDS) - 1)
    nth = ROUNDS[place]
    part[f"systolic{nth}"], part[f"diastolic{nth}"] = (show(*each) for each in reading.amounts.items())
    for name, value in (("arm", reading.arm), ("position", reading.position)):
        said = value.value if value else None
        part[f"{name}{nth}"] = SAME if place and said == _said_before(part, name, place) else said


def _said_before(part: dict[str, Any], name: str, place: int) -> Any:
    """The arm or posture that holds where the reading at `place` says nothing of its own."""
    earlier = (part.get(f"{name}{nth}") for nth in reversed(ROUNDS[:place]))
    return next((said for said in earlier if said), None)
