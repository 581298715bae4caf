"""What a nurse measures, in which unit, and which numbers are taken without a question.

The limits guard against slips of the finger and judge nobody. They are our own choice, informed by two
published validation sets: the OpenMRS/CIEL concept ranges and the outlier table of the CLIF consortium.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from app.core.labelled import Labelled


class Measure(Labelled):
    """One number on one dial; blood pressure has two."""

    SYSTOLIC = "SYSTOLIC", "수축기 혈압"
    DIASTOLIC = "DIASTOLIC", "이완기 혈압"
    PULSE = "PULSE", "맥박"
    RESPIRATION = "RESPIRATION", "호흡"
    TEMPERATURE = "TEMPERATURE", "체온"
    SPO2 = "SPO2", "산소포화도"
    GLUCOSE = "GLUCOSE", "혈당"
    HBA1C = "HBA1C", "당화혈색소"
    WEIGHT = "WEIGHT", "체중"
    HEIGHT = "HEIGHT", "키"
    WAIST = "WAIST", "허리둘레"
    PAIN = "PAIN", "통증"

    @property
    def unit(self) -> str:
        return _UNITS[self]

    @property
    def field(self) -> str:
        """The field of a reading that holds this number."""
        return self.value.lower() if self in (Measure.SYSTOLIC, Measure.DIASTOLIC) else "value"


_UNITS = {
    Measure.SYSTOLIC: "mmHg",
    Measure.DIASTOLIC: "mmHg",
    Measure.PULSE: "회/분",
    Measure.RESPIRATION: "회/분",
    Measure.TEMPERATURE: "℃",
    Measure.SPO2: "%",
    Measure.GLUCOSE: "mg/dL",
    Measure.HBA1C: "%",
    Measure.WEIGHT: "kg",
    Measure.HEIGHT: "cm",
    Measure.WAIST: "cm",
    Measure.PAIN: "점",
}


class VitalKind(Labelled):
    """활력징후 and body measures, in the order a nurse takes them."""

    BLOOD_PRESSURE = "BLOOD_PRESSURE", "혈압"
    PULSE = "PULSE", "맥박"
    RESPIRATION = "RESPIRATION", "호흡"
    TEMPERATURE = "TEMPERATURE", "체온"
    SPO2 = "SPO2", "산소포화도"
    GLUCOSE = "GLUCOSE", "혈당"
    HBA1C = "HBA1C", "당화혈색소"
    WEIGHT = "WEIGHT", "체중"
    HEIGHT = "HEIGHT", "키"
    WAIST = "WAIST", "허리둘레"
    PAIN = "PAIN", "통증"

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The numbers a reading of this kind holds: two for blood pressure, else one."""
        if self is VitalKind.BLOOD_PRESSURE:
            return Measure.SYSTOLIC, Measure.DIASTOLIC
        return (Measure[self.name],)

    @property
    def unit(self) -> str:
        return self.measures[0].unit

    @property
    def decimals(self) -> int:
        """Digits after the point: 0 or 1."""
        return LIMITS[self.measures[0]].decimals


class Arm(Labelled):
    LEFT = "LEFT", "왼팔"
    RIGHT = "RIGHT", "오른팔"


class Position(Labelled):
    SITTING = "SITTING", "앉아서"
    LYING = "LYING", "누워서"
    STANDING = "STANDING", "서서"


class GlucoseContext(Labelled):
    """When the client last ate; a glucose value means nothing without it."""

    FASTING = "FASTING", "공복"
    AFTER_MEAL_2H = "AFTER_MEAL_2H", "식후 2시간"
    AFTER_MEAL_UNKNOWN = "AFTER_MEAL_UNKNOWN", "식후 시간모름"
    RANDOM = "RANDOM", "무작위"


class MeterFlag(Labelled):
    """What a glucose meter shows in place of a number outside its range."""

    LO = "LO", "LO(측정 범위보다 낮음)"
    HI = "HI", "HI(측정 범위보다 높음)"


class NotMeasured(Labelled):
    """Why there is no number. No vital is ever mandatory."""

    REFUSED = "REFUSED", "거부"
    IMPOSSIBLE = "IMPOSSIBLE", "측정불가"
    NO_DEVICE = "NO_DEVICE", "기기없음"


@dataclass(frozen=True, slots=True)
class Limit:
    """Bounds of one measure, ends included: outside `lowest`–`highest` refused, outside `usual_*` asked back.

    `slips` are factors that undo a known typing slip: 365 for 36.5 (×0.1), 1.6 for 160 (×100).
    """

    lowest: Decimal
    highest: Decimal
    usual_low: Decimal
    usual_high: Decimal
    decimals: int = 0
    slips: tuple[Decimal, ...] = ()

    def allows(self, amount: Decimal) -> bool:
        return amount.is_finite() and self.lowest <= amount <= self.highest

    def expects(self, amount: Decimal) -> bool:
        return amount.is_finite() and self.usual_low <= amount <= self.usual_high

    def rounded(self, amount: Decimal) -> Decimal:
        """`amount` with the digits this measure is kept with, halves away from zero."""
        return amount.quantize(Decimal(1).scaleb(-self.decimals), rounding=ROUND_HALF_UP)

    def is_fine_grained(self, amount: Decimal) -> bool:
        """Whether `amount` has more digits after the point than this measure is kept with."""
        return self.rounded(amount) != amount


def _limit(refused: str, usual: str, decimals: int = 0, slips: tuple[str, ...] = ()) -> Limit:
    lowest, highest = refused.split("~")
    usual_low, usual_high = usual.split("~")
    return Limit(
        Decimal(lowest),
        Decimal(highest),
        Decimal(usual_low),
        Decimal(usual_high),
        decimals,
        tuple(Decimal(factor) for factor in slips),
    )


_POINT_FORGOTTEN = ("0.1",)
_POINT_FORGOTTEN_OR_METRES = ("0.1", "100")

LIMITS = {
    Measure.SYSTOLIC: _limit("40~300", "80~200"),
    Measure.DIASTOLIC: _limit("20~200", "45~120"),
    Measure.PULSE: _limit("20~250", "45~130"),
    Measure.RESPIRATION: _limit("4~60", "10~30"),
    Measure.TEMPERATURE: _limit("30~43", "35.0~38.5", 1, _POINT_FORGOTTEN),
    Measure.SPO2: _limit("50~100", "92~100"),
    Measure.GLUCOSE: _limit("10~1000", "60~350"),
    Measure.HBA1C: _limit("3.0~20.0", "4.5~12.0", 1, _POINT_FORGOTTEN),
    Measure.WEIGHT: _limit("20~250", "35~120", 1, _POINT_FORGOTTEN),
    Measure.HEIGHT: _limit("100~220", "120~200", 1, _POINT_FORGOTTEN_OR_METRES),
    Measure.WAIST: _limit("40~200", "55~130", 1, _POINT_FORGOTTEN),
    Measure.PAIN: _limit("0~10", "0~10"),
}


def show(measure: Measure, amount: Decimal) -> str:
    """`amount` as it is printed, without its unit: 152, 36.5, 48.0."""
    return f"{LIMITS[measure].rounded(amount):f}"


def show_with_unit(measure: Measure, amount: Decimal) -> str:
    """`amount` as it is printed, with its unit: 36.5℃, 78회/분."""
    return f"{show(measure, amount)}{measure.unit}"
