"""One measurement at the door, and what to say when it cannot be right or looks wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from app.visits.rules.problems import Offer, Problem, confirm, refuse
from app.visits.rules.vital_kinds import (
    LIMITS,
    Arm,
    GlucoseContext,
    Limit,
    Measure,
    MeterFlag,
    NotMeasured,
    Position,
    VitalKind,
    show,
    show_with_unit,
)

WEIGHT_CHANGE_SHARE = Decimal("0.05")
HEIGHT_CHANGE_CM = Decimal(3)


class BloodPressure(NamedTuple):
    """Whole mmHg."""

    systolic: Decimal
    diastolic: Decimal


@dataclass(frozen=True, slots=True)
class Reading:
    """One vital of one member: numbers, a meter's LO/HI, or the reason there is none.

    Blood pressure fills `systolic` and `diastolic`; every other kind fills `value`, in the unit of the kind.
    A second blood pressure is a second reading, in the order they were taken.
    """

    kind: VitalKind
    member_id: int | None = None
    value: Decimal | None = None
    systolic: Decimal | None = None
    diastolic: Decimal | None = None
    arm: Arm | None = None
    position: Position | None = None
    context: GlucoseContext | None = None
    flag: MeterFlag | None = None
    not_measured: NotMeasured | None = None
    measured_at: datetime | None = None

    @property
    def amounts(self) -> dict[Measure, Decimal]:
        """The numbers that were filled in, by what they measure."""
        filled = ((measure, getattr(self, measure.field)) for measure in self.kind.measures)
        return {measure: amount for measure, amount in filled if amount is not None}

    @property
    def is_measured(self) -> bool:
        """Whether there is a whole result: all its numbers, or LO/HI; and no reason for having none."""
        whole = len(self.amounts) == len(self.kind.measures) or self.flag is not None
        return whole and self.not_measured is None


def check_reading(
    reading: Reading,
    *,
    previous: Decimal | None = None,
    began_at: datetime | None = None,
    ended_at: datetime | None = None,
) -> tuple[Problem, ...]:
    """Everything to refuse or ask back about one reading; empty when it can be stored as it is.

    `previous` is the member's last value of the same kind (kg for weight, cm for height). `began_at` and
    `ended_at` bound the visit; a reading outside them is asked back, not refused, because a client's own
    morning value may be copied from a notebook.
    """
    incomplete = tuple(_check_filled(reading))
    if incomplete or reading.not_measured is not None:
        return incomplete
    return (
        *_check_context(reading),
        *_check_amounts(reading),
        *_check_change(reading, previous),
        *_check_time(reading, began_at, ended_at),
    )


def mean_blood_pressure(readings: Iterable[Reading]) -> BloodPressure | None:
    """The mean of all measured blood pressures, rounded to whole mmHg; None when there is none.

    The Korean Society of Hypertension asks for two or more readings 1–2 minutes apart and uses their mean.
    """
    pressures = [
        reading.amounts for reading in readings if reading.kind is VitalKind.BLOOD_PRESSURE and reading.is_measured
    ]
    if not pressures:
        return None
    return BloodPressure(_mean(Measure.SYSTOLIC, pressures), _mean(Measure.DIASTOLIC, pressures))


def _mean(measure: Measure, pressures: list[dict[Measure, Decimal]]) -> Decimal:
    total = sum((amounts[measure] for amounts in pressures), Decimal(0))
    return LIMITS[measure].rounded(total / len(pressures))


def _check_filled(reading: Reading) -> Iterator[Problem]:
    label, filled = reading.kind.label, len(reading.amounts)
    if reading.not_measured is not None:
        if filled or reading.flag is not None:
            yield refuse("VALUE_AND_REASON", "value", f"{label}: 값과 «재지 못함» 가운데 하나만 남겨 주세요.")
    elif reading.flag is not None:
        yield from _check_flag(reading)
    elif filled == 0:
        yield refuse("EMPTY", reading.kind.measures[0].field, f"{label}: 값이나 못 잰 까닭을 적어 주세요.")
    elif filled < len(reading.kind.measures):
        yield refuse("NOT_A_PAIR", _empty_field(reading), "혈압은 두 수를 모두 적어 주세요. 예: 120/80")


def _empty_field(reading: Reading) -> str:
    return next(measure.field for measure in reading.kind.measures if measure not in reading.amounts)


def _check_flag(reading: Reading) -> Iterator[Problem]:
    if reading.kind is not VitalKind.GLUCOSE:
        yield refuse("FLAG_NOT_GLUCOSE", "flag", "LO·HI 표시는 혈당에만 쓸 수 있습니다.")
    elif reading.amounts:
        yield refuse("VALUE_AND_FLAG", "value", "혈당: 숫자와 LO·HI 가운데 하나만 남겨 주세요.")


def _check_context(reading: Reading) -> Iterator[Problem]:
    if reading.kind is VitalKind.GLUCOSE and reading.context is None:
        yield refuse("CONTEXT_MISSING", "context", "혈당을 언제 쟀는지 골라 주세요: 공복, 식후 2시간 등.")


def _check_amounts(reading: Reading) -> tuple[Problem, ...]:
    found = [problem for measure, amount in reading.amounts.items() if (problem := _judge(measure, amount))]
    crossed = _check_pair(reading)
    if crossed is None:
        return tuple(found)
    # «맞습니까?» about the numbers of a wrong pair would only mislead.
    return (crossed, *(problem for problem in found if problem.is_refusal))


def _judge(measure: Measure, amount: Decimal) -> Problem | None:
    limit = LIMITS[measure]
    if not limit.allows(amount):
        return _out_of_limits(measure, amount, limit)
    if limit.is_fine_grained(amount):
        return _too_fine(measure, amount, limit)
    return None if limit.expects(amount) else _unusual(measure, amount, limit)


def _out_of_limits(measure: Measure, amount: Decimal, limit: Limit) -> Problem:
    span = f"{show(measure, limit.lowest)}~{show(measure, limit.highest)}{measure.unit}"
    undone = [fixed for fixed in _without_slips(amount, limit) if limit.allows(fixed)]
    offer = _offer(measure, undone[0]) if undone else None
    message = f"{measure.label}: {span} 사이만 적을 수 있습니다."
    return refuse("OUT_OF_LIMITS", measure.field, message, value=amount, offer=offer)


def _too_fine(measure: Measure, amount: Decimal, limit: Limit) -> Problem:
    kept = "소수 첫째 자리까지" if limit.decimals else "소수점 없이"
    message, offer = f"{measure.label}: {kept} 적어 주세요.", _offer(measure, limit.rounded(amount))
    return refuse("TOO_FINE", measure.field, message, value=amount, offer=offer)


def _unusual(measure: Measure, amount: Decimal, limit: Limit) -> Problem:
    undone = [fixed for fixed in _without_slips(amount, limit) if limit.expects(fixed)]
    offer = _offer(measure, undone[0]) if undone else None
    message = f"{measure.label} {show_with_unit(measure, amount)}, 맞습니까?"
    return confirm("UNUSUAL", measure.field, message, value=amount, offer=offer)


def _without_slips(amount: Decimal, limit: Limit) -> Iterator[Decimal]:
    if not amount.is_finite():
        return
    for factor in limit.slips:
        fixed = amount * factor
        if limit.allows(fixed) and not limit.is_fine_grained(fixed):
            yield fixed


def _offer(measure: Measure, amount: Decimal) -> Offer:
    return Offer(f"{show_with_unit(measure, amount)} 적용", {measure.field: show(measure, amount)})


def _check_pair(reading: Reading) -> Problem | None:
    if reading.kind is not VitalKind.BLOOD_PRESSURE:
        return None
    systolic, diastolic = reading.amounts[Measure.SYSTOLIC], reading.amounts[Measure.DIASTOLIC]
    if not (systolic.is_finite() and diastolic.is_finite()) or systolic > diastolic:
        return None
    message = "수축기 혈압이 이완기 혈압보다 커야 합니다."
    offer = _offer_swap(systolic, diastolic)
    return refuse("NOT_ABOVE_DIASTOLIC", "systolic", message, value=f"{systolic}/{diastolic}", offer=offer)


def _offer_swap(systolic: Decimal, diastolic: Decimal) -> Offer | None:
    fits = LIMITS[Measure.SYSTOLIC].allows(diastolic) and LIMITS[Measure.DIASTOLIC].allows(systolic)
    if systolic == diastolic or not fits:
        return None
    high, low = show(Measure.SYSTOLIC, diastolic), show(Measure.DIASTOLIC, systolic)
    return Offer(f"{high}/{low}, 서로 바꾸기", {"systolic": high, "diastolic": low})


def _check_change(reading: Reading, previous: Decimal | None) -> Iterator[Problem]:
    measure = reading.kind.measures[0]
    if previous is None or reading.value is None or not LIMITS[measure].allows(reading.value):
        return
    allowed = {VitalKind.WEIGHT: previous * WEIGHT_CHANGE_SHARE, VitalKind.HEIGHT: HEIGHT_CHANGE_CM}
    change = reading.value - previous
    if reading.kind in allowed and abs(change) > allowed[reading.kind]:
        yield _changed(measure, reading.value, change)


def _changed(measure: Measure, amount: Decimal, change: Decimal) -> Problem:
    way = "늘었습니다" if change > 0 else "줄었습니다"
    difference = show_with_unit(measure, abs(change))
    message = f"{measure.label} {show_with_unit(measure, amount)}: 지난번보다 {difference} {way}. 맞습니까?"
    return confirm("CHANGED_MUCH", "value", message, value=amount)


def _check_time(reading: Reading, began_at: datetime | None, ended_at: datetime | None) -> Iterator[Problem]:
    at = reading.measured_at
    if at is None:
        return
    if (began_at and at < began_at) or (ended_at and at > ended_at):
        message = f"{reading.kind.label}: 방문 시간 밖에 잰 값입니다. 맞습니까?"
        yield confirm("OUTSIDE_VISIT", "measured_at", message, value=at.isoformat())
