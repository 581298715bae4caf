"""A visit in one line: the timeline's words, in the reader's scope, cut where the eye sees a boundary."""

from __future__ import annotations

from decimal import Decimal

import pytest
from app.visits.rules import (
    GlucoseContext,
    MeterFlag,
    NotMeasured,
    Reading,
    VitalKind,
    corrections_mark,
    vitals_line,
)


def single(kind: VitalKind, amount: str, context: GlucoseContext | None = None) -> Reading:
    return Reading(kind, value=Decimal(amount), context=context)


def pressure(systolic: int, diastolic: int) -> Reading:
    return Reading(VitalKind.BLOOD_PRESSURE, systolic=Decimal(systolic), diastolic=Decimal(diastolic))


def test_the_vitals_line_reads_as_a_nurse_writes_it() -> None:
    readings = [
        single(VitalKind.TEMPERATURE, "36.5"),
        single(VitalKind.GLUCOSE, "174", GlucoseContext.AFTER_MEAL_2H),
        pressure(152, 88),
        single(VitalKind.PULSE, "78"),
    ]
    assert vitals_line(readings) == "혈압 152/88, 맥박 78, 체온 36.5℃, 식후 2시간 혈당 174"


@pytest.mark.parametrize(
    ("readings", "line"),
    [
        ([], ""),
        ([pressure(152, 88), pressure(149, 91)], "혈압 151/90 (2회 평균)"),
        ([pressure(152, 88), Reading(VitalKind.BLOOD_PRESSURE, not_measured=NotMeasured.REFUSED)], "혈압 152/88"),
        ([Reading(VitalKind.BLOOD_PRESSURE, not_measured=NotMeasured.REFUSED)], "혈압 거부"),
        ([Reading(VitalKind.WEIGHT, not_measured=NotMeasured.NO_DEVICE)], "체중 기기없음"),
        (
            [
                single(VitalKind.GLUCOSE, "62", GlucoseContext.RANDOM),
                single(VitalKind.GLUCOSE, "104", GlucoseContext.RANDOM),
            ],
            "무작위 혈당 62→104",
        ),
        ([Reading(VitalKind.GLUCOSE, flag=MeterFlag.LO, context=GlucoseContext.FASTING)], "공복 혈당 LO"),
        ([single(VitalKind.RESPIRATION, "18")], "호흡 18"),
        ([single(VitalKind.SPO2, "97")], "산소포화도 97%"),
        ([single(VitalKind.HBA1C, "7")], "당화혈색소 7.0%"),
        ([single(VitalKind.WEIGHT, "48.2"), single(VitalKind.HEIGHT, "153")], "체중 48.2kg, 키 153.0cm"),
        ([single(VitalKind.WAIST, "85.5"), single(VitalKind.PAIN, "3")], "허리둘레 85.5cm, 통증 3점"),
    ],
)
def test_each_kind_of_result_has_its_words(readings: list[Reading], line: str) -> None:
    assert vitals_line(readings) == line


@pytest.mark.parametrize(("corrections", "mark"), [(0, ""), (1, "정정 1회"), (3, "정정 3회")])
def test_a_corrected_record_carries_its_mark(corrections: int, mark: str) -> None:
    assert corrections_mark(corrections) == mark
