"""Vitals in one line, for the timeline, lists and paper."""

from __future__ import annotations

from collections.abc import Sequence

from app.visits.rules.vital_kinds import VitalKind, show, show_with_unit
from app.visits.rules.vitals import Reading, mean_blood_pressure

_BARE = {VitalKind.BLOOD_PRESSURE, VitalKind.PULSE, VitalKind.RESPIRATION, VitalKind.GLUCOSE}


def vitals_line(readings: Sequence[Reading]) -> str:
    """One member's readings as «혈압 152/88, 맥박 78, 체온 36.5℃, 식후 2시간 혈당 174»; empty without any.

    Several blood pressures give their mean and their number; any other kind measured again gives each value
    («혈당 62→104»). Those units are left out that every nurse reads without.
    """
    groups: dict[str, list[Reading]] = {}
    for reading in sorted(readings, key=lambda reading: _ORDER[reading.kind]):
        groups.setdefault(_title(reading), []).append(reading)
    return ", ".join(f"{title} {_values(group)}" for title, group in groups.items())


_ORDER = {kind: place for place, kind in enumerate(VitalKind)}


def _title(reading: Reading) -> str:
    return f"{reading.context.label} {reading.kind.label}" if reading.context else reading.kind.label


def _values(group: Sequence[Reading]) -> str:
    mean = mean_blood_pressure(group)
    if mean is None:
        return "→".join(_value(reading) for reading in group)
    measured = sum(reading.is_measured for reading in group)
    times = f" ({measured}회 평균)" if measured > 1 else ""
    return f"{mean.systolic}/{mean.diastolic}{times}"


def _value(reading: Reading) -> str:
    if reading.not_measured is not None:
        return reading.not_measured.label
    if reading.flag is not None:
        return reading.flag.value
    shows = show if reading.kind in _BARE else show_with_unit
    return "/".join(shows(measure, amount) for measure, amount in reading.amounts.items())


def corrections_mark(corrections: int) -> str:
    """«정정 2회» for a record that was corrected; empty for one that was not."""
    return f"정정 {corrections}회" if corrections else ""
