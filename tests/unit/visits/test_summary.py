"""A visit in one line: the timeline's words, in the reader's scope, cut where the eye sees a boundary."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from app.visits.rules import (
    LINE_LIMIT,
    GlucoseContext,
    MeterFlag,
    NotMeasured,
    Reading,
    VisitDetails,
    VitalKind,
    corrections_mark,
    visit_line,
    vitals_line,
)
from app.visits.rules.graphemes import split_clusters
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


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


@pytest.fixture
def told(visit: VisitDetails) -> VisitDetails:
    return replace(
        visit,
        readings=(pressure(152, 88),),
        nursing_note="저녁 약 거름(3일).",
        welfare_note="난방비\n신청 안내",
        shared_line="약 달력 전달",
    )


def test_a_nurse_reads_health_first(told: VisitDetails) -> None:
    line = visit_line(told, shows_health=True)
    assert line == "혈압 152/88 · 저녁 약 거름(3일). · 난방비 신청 안내 · 약 달력 전달"


def test_who_may_not_see_health_reads_only_what_is_shared(told: VisitDetails) -> None:
    assert visit_line(told, shows_health=False) == "난방비 신청 안내 · 약 달력 전달"


def test_the_vitals_of_a_couple_are_told_apart_by_name(visit: VisitDetails) -> None:
    couple = replace(
        visit,
        members_seen=frozenset({7, 8}),
        readings=(replace(pressure(152, 88), member_id=7), replace(pressure(128, 76), member_id=8)),
    )
    line = visit_line(couple, shows_health=True, names={7: "박말순", 8: "최병철"})
    assert line == "박말순 혈압 152/88 · 최병철 혈압 128/76"


def test_an_empty_visit_has_an_empty_line(visit: VisitDetails) -> None:
    assert visit_line(visit, shows_health=True) == ""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(note=st.text(max_size=400))
def test_a_line_is_one_line_and_never_longer_than_eighty_characters(visit: VisitDetails, note: str) -> None:
    line = visit_line(replace(visit, welfare_note=note), shows_health=False)
    assert len(split_clusters(line)) <= LINE_LIMIT
    assert "\n" not in line


def test_a_long_note_is_cut_with_a_sign(visit: VisitDetails) -> None:
    line = visit_line(replace(visit, welfare_note="가나다라마" * 40), shows_health=False)
    assert (len(line), line[-2:]) == (LINE_LIMIT, "라…")


@pytest.mark.parametrize(("corrections", "mark"), [(0, ""), (1, "정정 1회"), (3, "정정 3회")])
def test_a_corrected_record_carries_its_mark(corrections: int, mark: str) -> None:
    assert corrections_mark(corrections) == mark
