"""Where values stand: every band at its edges. A judgement is a hint and says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from app.households.rules import Sex
from app.visits.rules import (
    GlucoseContext,
    Judgements,
    MeterFlag,
    NotMeasured,
    Reading,
    RequiredAction,
    Symptom,
    Tone,
    VitalKind,
    body_mass_index,
    find_in_force,
    judge,
    judge_bmi,
    judge_mean,
)
from hypothesis import given
from hypothesis import strategies as st


def pressure(systolic: int, diastolic: int) -> Reading:
    return Reading(VitalKind.BLOOD_PRESSURE, systolic=Decimal(systolic), diastolic=Decimal(diastolic))


def glucose(amount: int, context: GlucoseContext = GlucoseContext.RANDOM) -> Reading:
    return Reading(VitalKind.GLUCOSE, value=Decimal(amount), context=context)


def code_of(reading: Reading, judgements: Judgements, **known: object) -> str | None:
    judgement = judge(reading, judgements, **known)
    return judgement.code if judgement else None


@pytest.mark.parametrize(
    ("systolic", "diastolic", "code", "tone"),
    [
        (90, 60, "BP_NORMAL", Tone.OK),
        (119, 79, "BP_NORMAL", Tone.OK),
        (120, 79, "BP_ELEVATED", Tone.NOTICE),
        (129, 79, "BP_ELEVATED", Tone.NOTICE),
        (130, 79, "BP_PREHYPERTENSION", Tone.NOTICE),
        (119, 80, "BP_PREHYPERTENSION", Tone.NOTICE),
        (129, 80, "BP_PREHYPERTENSION", Tone.NOTICE),
        (139, 89, "BP_PREHYPERTENSION", Tone.NOTICE),
        (140, 79, "BP_STAGE_1", Tone.WARN),
        (139, 90, "BP_STAGE_1", Tone.WARN),
        (159, 99, "BP_STAGE_1", Tone.WARN),
        (160, 79, "BP_STAGE_2", Tone.WARN),
        (139, 100, "BP_STAGE_2", Tone.WARN),
        (179, 119, "BP_STAGE_2", Tone.WARN),
        (180, 60, "BP_SEVERE", Tone.DANGER),
        (130, 120, "BP_SEVERE", Tone.DANGER),
        (220, 130, "BP_SEVERE", Tone.DANGER),
        (89, 60, "BP_LOW", Tone.WARN),
        (89, 85, "BP_LOW", Tone.WARN),
        (41, 20, "BP_LOW", Tone.WARN),
    ],
)
def test_a_blood_pressure_stands_in_the_band_of_the_korean_society_of_hypertension(
    judgements: Judgements, systolic: int, diastolic: int, code: str, tone: Tone
) -> None:
    judgement = judge(pressure(systolic, diastolic), judgements)
    assert judgement is not None
    assert (judgement.code, judgement.tone) == (code, tone)


@given(systolic=st.integers(21, 300), diastolic=st.integers(20, 200))
def test_every_possible_pressure_has_a_judgement(judgements: Judgements, systolic: int, diastolic: int) -> None:
    assert code_of(pressure(systolic, diastolic), judgements) is not None


@given(
    first=st.tuples(st.integers(90, 300), st.integers(20, 200)),
    more=st.tuples(st.integers(0, 60), st.integers(0, 60)),
)
def test_a_higher_pressure_is_never_coloured_more_gently(
    judgements: Judgements, first: tuple[int, int], more: tuple[int, int]
) -> None:
    loudness = list(Tone)
    lower = judge(pressure(*first), judgements)
    higher = judge(pressure(first[0] + more[0], first[1] + more[1]), judgements)
    assert lower is not None
    assert higher is not None
    assert loudness.index(lower.tone) <= loudness.index(higher.tone)


@pytest.mark.parametrize("pair", [(180, 100), (150, 120), (240, 130)])
def test_a_severe_pressure_forces_a_second_reading_and_the_checklist(
    judgements: Judgements, pair: tuple[int, int]
) -> None:
    judgement = judge(pressure(*pair), judgements)
    assert judgement is not None
    assert judgement.action_required is RequiredAction.REMEASURE_AND_ASK
    assert {Symptom.CHEST_PAIN, Symptom.NEUROLOGICAL, Symptom.SEVERE_HEADACHE} <= set(judgement.checklist)


@pytest.mark.parametrize("symptom", list(Symptom))
def test_a_severe_pressure_with_any_symptom_leads_to_119(judgements: Judgements, symptom: Symptom) -> None:
    judgement = judge(pressure(186, 104), judgements, symptoms={symptom})
    assert judgement is not None
    assert judgement.action_required is RequiredAction.CALL_119
    assert "119" in judgement.text


def test_a_symptom_changes_nothing_below_the_severe_line(judgements: Judgements) -> None:
    assert code_of(pressure(179, 119), judgements, symptoms={Symptom.CHEST_PAIN}) == "BP_STAGE_2"


def test_a_low_pressure_is_to_be_measured_again(judgements: Judgements) -> None:
    judgement = judge(pressure(89, 60), judgements)
    assert judgement is not None
    assert judgement.action_required is RequiredAction.REMEASURE
    assert not judgement.action_required.is_pressing


@pytest.mark.parametrize(
    ("amount", "symptoms", "code", "action"),
    [
        (53, set(), "GLUCOSE_LOW_2", RequiredAction.TREAT_LOW_GLUCOSE),
        (53, {Symptom.HUNGER}, "GLUCOSE_LOW_2", RequiredAction.TREAT_LOW_GLUCOSE),
        (54, set(), "GLUCOSE_LOW_1", RequiredAction.RECHECK_IN_15_MINUTES),
        (69, set(), "GLUCOSE_LOW_1", RequiredAction.RECHECK_IN_15_MINUTES),
        (54, {Symptom.COLD_SWEAT}, "GLUCOSE_LOW_SYMPTOM", RequiredAction.TREAT_LOW_GLUCOSE),
        (69, {Symptom.COLD_SWEAT}, "GLUCOSE_LOW_SYMPTOM", RequiredAction.TREAT_LOW_GLUCOSE),
        (70, {Symptom.COLD_SWEAT}, "GLUCOSE_USUAL", None),
        (70, set(), "GLUCOSE_USUAL", None),
        (299, set(), "GLUCOSE_RANDOM_HIGH", None),
        (300, set(), "GLUCOSE_VERY_HIGH", RequiredAction.REFER_SAME_DAY),
        (399, {Symptom.VOMITING}, "GLUCOSE_VERY_HIGH", RequiredAction.REFER_SAME_DAY),
        (400, set(), "GLUCOSE_VERY_HIGH", RequiredAction.REFER_SAME_DAY),
        (400, {Symptom.VOMITING}, "GLUCOSE_VERY_HIGH_SYMPTOM", RequiredAction.CALL_119),
    ],
)
def test_a_glucose_leads_where_the_protocol_says(
    judgements: Judgements, amount: int, symptoms: set[Symptom], code: str, action: RequiredAction | None
) -> None:
    judgement = judge(glucose(amount), judgements, symptoms=symptoms)
    assert judgement is not None
    assert (judgement.code, judgement.action_required) == (code, action)


@pytest.mark.parametrize(
    ("context", "amount", "code"),
    [
        (GlucoseContext.FASTING, 99, "GLUCOSE_USUAL"),
        (GlucoseContext.FASTING, 100, "GLUCOSE_FASTING_RAISED"),
        (GlucoseContext.FASTING, 125, "GLUCOSE_FASTING_RAISED"),
        (GlucoseContext.FASTING, 126, "GLUCOSE_FASTING_HIGH"),
        (GlucoseContext.AFTER_MEAL_2H, 139, "GLUCOSE_USUAL"),
        (GlucoseContext.AFTER_MEAL_2H, 140, "GLUCOSE_AFTER_MEAL_RAISED"),
        (GlucoseContext.AFTER_MEAL_2H, 199, "GLUCOSE_AFTER_MEAL_RAISED"),
        (GlucoseContext.AFTER_MEAL_2H, 200, "GLUCOSE_AFTER_MEAL_HIGH"),
        (GlucoseContext.AFTER_MEAL_UNKNOWN, 199, "GLUCOSE_USUAL"),
        (GlucoseContext.AFTER_MEAL_UNKNOWN, 200, "GLUCOSE_RANDOM_HIGH"),
        (GlucoseContext.RANDOM, 199, "GLUCOSE_USUAL"),
        (GlucoseContext.RANDOM, 200, "GLUCOSE_RANDOM_HIGH"),
    ],
)
def test_the_same_glucose_means_different_things_before_and_after_a_meal(
    judgements: Judgements, context: GlucoseContext, amount: int, code: str
) -> None:
    assert code_of(glucose(amount, context), judgements) == code


@pytest.mark.parametrize("context", list(GlucoseContext))
def test_the_alarms_of_glucose_do_not_depend_on_the_meal(judgements: Judgements, context: GlucoseContext) -> None:
    assert code_of(glucose(53, context), judgements) == "GLUCOSE_LOW_2"
    assert code_of(glucose(300, context), judgements) == "GLUCOSE_VERY_HIGH"


@pytest.mark.parametrize(("flag", "code"), [(MeterFlag.LO, "GLUCOSE_LOW_2"), (MeterFlag.HI, "GLUCOSE_VERY_HIGH")])
def test_lo_lies_below_and_hi_above_every_number(judgements: Judgements, flag: MeterFlag, code: str) -> None:
    reading = Reading(VitalKind.GLUCOSE, flag=flag, context=GlucoseContext.RANDOM)
    assert code_of(reading, judgements) == code


@pytest.mark.parametrize(
    ("kind", "amount", "tone"),
    [
        (VitalKind.RESPIRATION, "8", Tone.DANGER),
        (VitalKind.RESPIRATION, "9", Tone.NOTICE),
        (VitalKind.RESPIRATION, "11", Tone.NOTICE),
        (VitalKind.RESPIRATION, "12", Tone.OK),
        (VitalKind.RESPIRATION, "20", Tone.OK),
        (VitalKind.RESPIRATION, "21", Tone.WARN),
        (VitalKind.RESPIRATION, "24", Tone.WARN),
        (VitalKind.RESPIRATION, "25", Tone.DANGER),
        (VitalKind.SPO2, "91", Tone.DANGER),
        (VitalKind.SPO2, "92", Tone.WARN),
        (VitalKind.SPO2, "93", Tone.WARN),
        (VitalKind.SPO2, "94", Tone.NOTICE),
        (VitalKind.SPO2, "95", Tone.NOTICE),
        (VitalKind.SPO2, "96", Tone.OK),
        (VitalKind.PULSE, "40", Tone.DANGER),
        (VitalKind.PULSE, "41", Tone.NOTICE),
        (VitalKind.PULSE, "50", Tone.NOTICE),
        (VitalKind.PULSE, "51", Tone.OK),
        (VitalKind.PULSE, "90", Tone.OK),
        (VitalKind.PULSE, "91", Tone.NOTICE),
        (VitalKind.PULSE, "110", Tone.NOTICE),
        (VitalKind.PULSE, "111", Tone.WARN),
        (VitalKind.PULSE, "130", Tone.WARN),
        (VitalKind.PULSE, "131", Tone.DANGER),
        (VitalKind.TEMPERATURE, "35.0", Tone.DANGER),
        (VitalKind.TEMPERATURE, "35.1", Tone.NOTICE),
        (VitalKind.TEMPERATURE, "36.0", Tone.NOTICE),
        (VitalKind.TEMPERATURE, "36.1", Tone.OK),
        (VitalKind.TEMPERATURE, "38.0", Tone.OK),
        (VitalKind.TEMPERATURE, "38.1", Tone.NOTICE),
        (VitalKind.TEMPERATURE, "39.0", Tone.NOTICE),
        (VitalKind.TEMPERATURE, "39.1", Tone.WARN),
    ],
)
def test_news2_lends_its_colours_and_asks_for_nothing(
    judgements: Judgements, kind: VitalKind, amount: str, tone: Tone
) -> None:
    judgement = judge(Reading(kind, value=Decimal(amount)), judgements)
    assert judgement is not None
    assert (judgement.tone, judgement.action_required) == (tone, None)
    assert "Early Warning Score" in judgement.source


@pytest.mark.parametrize(
    ("weight", "code"),
    [
        ("47.2", "BMI_UNDER"),
        ("47.4", "BMI_NORMAL"),
        ("58.7", "BMI_NORMAL"),
        ("58.8", "BMI_PREOBESE"),
        ("63.8", "BMI_PREOBESE"),
        ("63.9", "BMI_OBESE_1"),
        ("76.6", "BMI_OBESE_1"),
        ("76.7", "BMI_OBESE_2"),
        ("89.4", "BMI_OBESE_2"),
        ("89.5", "BMI_OBESE_3"),
    ],
)
def test_a_body_mass_index_is_judged_as_it_is_printed(judgements: Judgements, weight: str, code: str) -> None:
    judgement = judge_bmi(judgements, weight_kg=Decimal(weight), height_cm=Decimal(160))
    assert judgement is not None
    assert judgement.code == code


def test_a_body_mass_index_has_one_decimal() -> None:
    assert body_mass_index(weight_kg=Decimal("58.7"), height_cm=Decimal(160)) == Decimal("22.9")


@pytest.mark.parametrize(("weight", "height"), [("0", "160"), ("50", "0"), ("-1", "160")])
def test_a_body_mass_index_needs_a_body(weight: str, height: str) -> None:
    with pytest.raises(ValueError, match="positive"):
        body_mass_index(weight_kg=Decimal(weight), height_cm=Decimal(height))


@pytest.mark.parametrize(
    ("sex", "waist", "code"),
    [
        (Sex.MALE, "89.9", "WAIST_USUAL_MALE"),
        (Sex.MALE, "90", "WAIST_LARGE_MALE"),
        (Sex.FEMALE, "84.9", "WAIST_USUAL_FEMALE"),
        (Sex.FEMALE, "85", "WAIST_LARGE_FEMALE"),
        (None, "120", None),
    ],
)
def test_a_waist_is_judged_by_sex_and_not_at_all_without(
    judgements: Judgements, sex: Sex | None, waist: str, code: str | None
) -> None:
    reading = Reading(VitalKind.WAIST, value=Decimal(waist))
    assert code_of(reading, judgements, sex=sex) == code


@pytest.mark.parametrize(
    ("kind", "amount", "code"),
    [
        (VitalKind.HBA1C, "5.6", "HBA1C_USUAL"),
        (VitalKind.HBA1C, "5.7", "HBA1C_RAISED"),
        (VitalKind.HBA1C, "6.4", "HBA1C_RAISED"),
        (VitalKind.HBA1C, "6.5", "HBA1C_HIGH"),
        (VitalKind.PAIN, "0", "PAIN_NONE"),
        (VitalKind.PAIN, "3", "PAIN_MILD"),
        (VitalKind.PAIN, "4", "PAIN_MODERATE"),
        (VitalKind.PAIN, "7", "PAIN_SEVERE"),
        (VitalKind.WEIGHT, "50", None),
        (VitalKind.HEIGHT, "150", None),
    ],
)
def test_the_other_kinds_are_judged_where_there_is_a_band(
    judgements: Judgements, kind: VitalKind, amount: str, code: str | None
) -> None:
    assert code_of(Reading(kind, value=Decimal(amount)), judgements) == code


@pytest.mark.parametrize("kind", list(VitalKind))
def test_what_was_not_measured_is_not_judged(judgements: Judgements, kind: VitalKind) -> None:
    assert judge(Reading(kind, not_measured=NotMeasured.NO_DEVICE), judgements) is None


def test_every_judgement_calls_itself_a_reference_and_names_its_source(judgements: Judgements) -> None:
    for band in judgements.bands:
        assert band.says.sentence.startswith("참고 · ")
        assert band.says.source
        assert band.says.confidence in {"high", "medium", "low"}
        assert band.says.version == judgements.version
    assert "진단이 아닙니다" in judgements.caution


def test_only_danger_is_pressing(judgements: Judgements) -> None:
    pressing = [b.says for b in judgements.bands if b.says.action_required and b.says.action_required.is_pressing]
    assert pressing
    assert {says.tone for says in pressing} == {Tone.DANGER}


def test_the_mean_of_two_pressures_is_judged_for_the_chart(judgements: Judgements) -> None:
    judgement = judge_mean([pressure(142, 80), pressure(130, 76)], judgements)
    assert judgement is not None
    assert judgement.code == "BP_PREHYPERTENSION"
    assert judge_mean([], judgements) is None


@pytest.mark.parametrize(
    ("on", "version"),
    [
        (date(2024, 12, 31), None),
        (date(2025, 1, 1), "2025.1"),
        (date(2026, 6, 30), "2025.1"),
        (date(2026, 7, 1), "2026.2"),
    ],
)
def test_an_old_visit_is_judged_by_the_table_of_its_day(judgements: Judgements, on: date, version: str | None) -> None:
    newer = replace(judgements, version="2026.2", effective_from=date(2026, 7, 1))
    table = find_in_force([newer, judgements], on)
    assert (table.version if table else None) == version
