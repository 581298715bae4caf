"""What is said about one reading besides its limits: slips, swaps, changes, times, and reasons for no value."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from app.visits.rules import (
    LIMITS,
    GlucoseContext,
    Measure,
    MeterFlag,
    NotMeasured,
    Problem,
    Reading,
    Severity,
    VitalKind,
    check_reading,
    list_unanswered,
    mean_blood_pressure,
)
from hypothesis import given
from hypothesis import strategies as st

BEGAN_AT = datetime(2026, 11, 23, 5, 5, tzinfo=UTC)
ENDED_AT = BEGAN_AT + timedelta(minutes=35)


def single(kind: VitalKind, amount: str) -> Reading:
    context = GlucoseContext.FASTING if kind is VitalKind.GLUCOSE else None
    return Reading(kind, value=Decimal(amount), context=context)


def pressure(systolic: int, diastolic: int) -> Reading:
    return Reading(VitalKind.BLOOD_PRESSURE, systolic=Decimal(systolic), diastolic=Decimal(diastolic))


def only(problems: tuple[Problem, ...]) -> Problem:
    assert len(problems) == 1, problems
    return problems[0]


@pytest.mark.parametrize(
    ("kind", "typed", "offered"),
    [
        (VitalKind.TEMPERATURE, "365", "36.5"),
        (VitalKind.TEMPERATURE, "395", "39.5"),
        (VitalKind.WEIGHT, "482", "48.2"),
        (VitalKind.HEIGHT, "1535", "153.5"),
        (VitalKind.HEIGHT, "1.6", "160.0"),
        (VitalKind.HEIGHT, "1.65", "165.0"),
        (VitalKind.WAIST, "855", "85.5"),
        (VitalKind.HBA1C, "65", "6.5"),
    ],
)
def test_a_forgotten_point_is_refused_with_the_likely_number_offered(kind: VitalKind, typed: str, offered: str) -> None:
    problem = only(check_reading(single(kind, typed)))
    assert problem.severity is Severity.REFUSE
    assert problem.offer is not None
    assert problem.offer.values == {"value": offered}
    assert offered in problem.offer.label


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (VitalKind.TEMPERATURE, "3655"),
        (VitalKind.TEMPERATURE, "99"),
        (VitalKind.PULSE, "782"),
        (VitalKind.SPO2, "980"),
    ],
)
def test_nothing_is_offered_when_no_slip_explains_the_number(kind: VitalKind, typed: str) -> None:
    problem = only(check_reading(single(kind, typed)))
    assert problem.is_refusal
    assert problem.offer is None


@given(systolic=st.integers(0, 400), diastolic=st.integers(0, 400))
def test_a_pressure_not_above_its_lower_number_is_always_refused(systolic: int, diastolic: int) -> None:
    codes = {problem.code for problem in check_reading(pressure(systolic, diastolic)) if problem.is_refusal}
    assert ("NOT_ABOVE_DIASTOLIC" in codes) == (systolic <= diastolic)


@given(systolic=st.integers(0, 400), diastolic=st.integers(0, 400))
def test_a_swap_is_offered_exactly_when_the_swapped_pair_could_be_stored(systolic: int, diastolic: int) -> None:
    found = check_reading(pressure(systolic, diastolic))
    offers = [problem.offer for problem in found if problem.code == "NOT_ABOVE_DIASTOLIC" and problem.offer]
    swapped = check_reading(pressure(diastolic, systolic))
    storable = systolic < diastolic and not any(problem.is_refusal for problem in swapped)
    assert bool(offers) == storable
    if storable:
        assert offers[0].values == {"systolic": str(diastolic), "diastolic": str(systolic)}


@given(
    kind=st.sampled_from([kind for kind in VitalKind if kind is not VitalKind.BLOOD_PRESSURE]),
    hundredths=st.integers(0, 200_000),
)
def test_every_offered_number_would_itself_be_stored(kind: VitalKind, hundredths: int) -> None:
    for problem in check_reading(single(kind, str(Decimal(hundredths) / 100))):
        if problem.offer is not None:
            again = check_reading(single(kind, problem.offer.values["value"]))
            assert not any(found.is_refusal for found in again)


def test_a_swapped_pair_is_not_also_asked_about_number_by_number() -> None:
    assert [problem.code for problem in check_reading(pressure(70, 130))] == ["NOT_ABOVE_DIASTOLIC"]


@pytest.mark.parametrize(
    ("kind", "previous", "now", "is_asked"),
    [
        (VitalKind.WEIGHT, "60", "63.0", False),
        (VitalKind.WEIGHT, "60", "63.1", True),
        (VitalKind.WEIGHT, "60", "57.0", False),
        (VitalKind.WEIGHT, "60", "56.9", True),
        (VitalKind.HEIGHT, "155", "158.0", False),
        (VitalKind.HEIGHT, "155", "158.1", True),
        (VitalKind.HEIGHT, "155", "152.0", False),
        (VitalKind.HEIGHT, "155", "151.9", True),
        (VitalKind.WAIST, "80", "120", False),
        (VitalKind.PULSE, "60", "120", False),
    ],
)
def test_weight_and_height_are_asked_back_when_they_moved_too_far_from_last_time(
    kind: VitalKind, previous: str, now: str, is_asked: bool
) -> None:
    found = check_reading(single(kind, now), previous=Decimal(previous))
    assert [problem.code for problem in found] == (["CHANGED_MUCH"] if is_asked else [])
    assert not any(problem.is_refusal for problem in found)


def test_the_question_about_a_change_says_how_much_and_which_way() -> None:
    found = only(check_reading(single(VitalKind.WEIGHT, "52.0"), previous=Decimal("48.2")))
    assert found.message == "체중 52.0kg: 지난번보다 3.8kg 늘었습니다. 맞습니까?"


@pytest.mark.parametrize("context", list(GlucoseContext))
def test_a_glucose_with_any_context_is_taken(context: GlucoseContext) -> None:
    assert check_reading(Reading(VitalKind.GLUCOSE, value=Decimal(120), context=context)) == ()


@pytest.mark.parametrize(
    "reading",
    [
        Reading(VitalKind.GLUCOSE, value=Decimal(120)),
        Reading(VitalKind.GLUCOSE, flag=MeterFlag.HI),
    ],
)
def test_a_glucose_without_a_context_is_refused(reading: Reading) -> None:
    problem = only(check_reading(reading))
    assert (problem.code, problem.severity) == ("CONTEXT_MISSING", Severity.REFUSE)


@pytest.mark.parametrize("flag", list(MeterFlag))
def test_what_the_meter_shows_beyond_its_range_is_a_whole_result(flag: MeterFlag) -> None:
    reading = Reading(VitalKind.GLUCOSE, flag=flag, context=GlucoseContext.RANDOM)
    assert reading.is_measured
    assert check_reading(reading) == ()


def test_a_number_beside_lo_or_hi_is_refused() -> None:
    reading = Reading(VitalKind.GLUCOSE, value=Decimal(20), flag=MeterFlag.LO, context=GlucoseContext.RANDOM)
    assert only(check_reading(reading)).code == "VALUE_AND_FLAG"


def test_lo_and_hi_belong_to_glucose_only() -> None:
    assert only(check_reading(Reading(VitalKind.PULSE, flag=MeterFlag.LO))).code == "FLAG_NOT_GLUCOSE"


@pytest.mark.parametrize("kind", list(VitalKind))
@pytest.mark.parametrize("reason", list(NotMeasured))
def test_any_vital_may_be_left_out_with_a_reason(kind: VitalKind, reason: NotMeasured) -> None:
    reading = Reading(kind, not_measured=reason)
    assert check_reading(reading) == ()
    assert not reading.is_measured


def test_a_value_and_a_reason_for_none_cannot_both_stand() -> None:
    reading = Reading(VitalKind.PULSE, value=Decimal(70), not_measured=NotMeasured.REFUSED)
    assert only(check_reading(reading)).code == "VALUE_AND_REASON"


@pytest.mark.parametrize("kind", list(VitalKind))
def test_an_empty_reading_is_refused(kind: VitalKind) -> None:
    assert only(check_reading(Reading(kind))).code == "EMPTY"


@pytest.mark.parametrize(
    ("reading", "field"),
    [
        (Reading(VitalKind.BLOOD_PRESSURE, systolic=Decimal(120)), "diastolic"),
        (Reading(VitalKind.BLOOD_PRESSURE, diastolic=Decimal(80)), "systolic"),
    ],
)
def test_half_a_blood_pressure_points_at_the_missing_number(reading: Reading, field: str) -> None:
    problem = only(check_reading(reading))
    assert (problem.code, problem.field) == ("NOT_A_PAIR", field)
    assert not reading.is_measured


@pytest.mark.parametrize(("minutes", "is_asked"), [(-1, True), (0, False), (10, False), (35, False), (36, True)])
def test_a_time_outside_the_visit_is_asked_back(minutes: int, is_asked: bool) -> None:
    reading = Reading(VitalKind.PULSE, value=Decimal(70), measured_at=BEGAN_AT + timedelta(minutes=minutes))
    found = check_reading(reading, began_at=BEGAN_AT, ended_at=ENDED_AT)
    assert [(problem.code, problem.severity) for problem in found] == (
        [("OUTSIDE_VISIT", Severity.CONFIRM)] if is_asked else []
    )


def test_a_confirmed_value_is_asked_about_again_when_it_changes() -> None:
    first = check_reading(single(VitalKind.TEMPERATURE, "39.2"))
    confirmed = {problem.key for problem in first}
    assert list_unanswered(first, confirmed) == ()
    assert len(list_unanswered(check_reading(single(VitalKind.TEMPERATURE, "39.9")), confirmed)) == 1


def test_a_refusal_cannot_be_confirmed_away() -> None:
    found = check_reading(single(VitalKind.TEMPERATURE, "365"))
    assert list_unanswered(found, {problem.key for problem in found}) == found


def test_the_mean_of_several_pressures_is_rounded_to_whole_numbers() -> None:
    refused = Reading(VitalKind.BLOOD_PRESSURE, not_measured=NotMeasured.REFUSED)
    readings = [pressure(152, 88), refused, pressure(149, 91), single(VitalKind.PULSE, "78")]
    assert mean_blood_pressure(readings) == (Decimal(151), Decimal(90))


def test_there_is_no_mean_without_a_measured_pressure() -> None:
    assert mean_blood_pressure([single(VitalKind.PULSE, "78")]) is None


@given(st.lists(st.tuples(st.integers(121, 300), st.integers(20, 120)), min_size=1, max_size=5))
def test_the_mean_lies_between_the_lowest_and_the_highest_reading(pairs: list[tuple[int, int]]) -> None:
    mean = mean_blood_pressure([pressure(*pair) for pair in pairs])
    assert mean is not None
    assert min(pair[0] for pair in pairs) <= mean.systolic <= max(pair[0] for pair in pairs)
    assert min(pair[1] for pair in pairs) <= mean.diastolic <= max(pair[1] for pair in pairs)


def test_the_refusal_of_a_number_names_the_range_with_its_unit() -> None:
    assert LIMITS[Measure.TEMPERATURE].lowest == 30
    problem = only(check_reading(single(VitalKind.TEMPERATURE, "29.9")))
    assert problem.message == "체온: 30.0~43.0℃ 사이만 적을 수 있습니다."
