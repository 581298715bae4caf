"""Alarms at the door: the severe pressure's forced path, low and high glucose, and what the record owes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from app.follow_ups.rules import ContactMode
from app.visits.rules import (
    ActionTaken,
    Arm,
    CrisisAction,
    GlucoseContext,
    Judgements,
    NotMeasured,
    Problem,
    Reading,
    RequiredAction,
    Severity,
    Step,
    Symptom,
    SymptomCheck,
    VisitDetails,
    VitalKind,
    check_visit,
    decide_crisis,
    find_crises,
)

NO_SYMPTOM: frozenset[Symptom] = frozenset()
REFUSED_AGAIN = Reading(VitalKind.BLOOD_PRESSURE, not_measured=NotMeasured.REFUSED)


def pressure(systolic: int, diastolic: int, arm: Arm | None = None) -> Reading:
    return Reading(VitalKind.BLOOD_PRESSURE, systolic=Decimal(systolic), diastolic=Decimal(diastolic), arm=arm)


def glucose(amount: int) -> Reading:
    return Reading(VitalKind.GLUCOSE, value=Decimal(amount), context=GlucoseContext.RANDOM)


RIGHT_186, RIGHT_184, RIGHT_150 = (pressure(high, 100, Arm.RIGHT) for high in (186, 184, 150))
LEFT_190, LEFT_150 = (pressure(high, 100, Arm.LEFT) for high in (190, 150))


@pytest.mark.parametrize(
    ("readings", "symptoms", "steps", "advice"),
    [
        pytest.param(
            [pressure(180, 90)],
            None,
            [Step.REMEASURE, Step.ASK_SYMPTOMS, Step.ACT],
            RequiredAction.REMEASURE_AND_ASK,
            id="at first everything is to be done",
        ),
        pytest.param(
            [pressure(150, 120), pressure(148, 121)],
            None,
            [Step.ASK_SYMPTOMS, Step.ACT],
            RequiredAction.REMEASURE_AND_ASK,
            id="measured again, not asked",
        ),
        pytest.param(
            [pressure(180, 90)],
            NO_SYMPTOM,
            [Step.REMEASURE, Step.ACT],
            RequiredAction.REMEASURE_AND_ASK,
            id="asked, not measured again",
        ),
        pytest.param(
            [pressure(186, 104), pressure(184, 102)],
            NO_SYMPTOM,
            [Step.ACT],
            RequiredAction.REFER_SAME_DAY,
            id="it stayed high without symptoms",
        ),
        pytest.param(
            [pressure(186, 104), REFUSED_AGAIN],
            NO_SYMPTOM,
            [Step.ACT],
            RequiredAction.REFER_SAME_DAY,
            id="a second reading was refused",
        ),
        pytest.param([pressure(186, 104), pressure(152, 90)], NO_SYMPTOM, [], None, id="it settled"),
        pytest.param(
            [pressure(186, 104), pressure(152, 90)],
            frozenset({Symptom.VISION}),
            [Step.ACT],
            RequiredAction.CALL_119,
            id="a symptom leads to 119 even when the number fell",
        ),
        pytest.param(
            [pressure(186, 104)],
            frozenset({Symptom.CHEST_PAIN}),
            [Step.ACT],
            RequiredAction.CALL_119,
            id="with a symptom nobody waits five minutes",
        ),
        pytest.param(
            [RIGHT_186, LEFT_150],
            NO_SYMPTOM,
            [Step.REMEASURE, Step.ACT],
            RequiredAction.REMEASURE_AND_ASK,
            id="the other arm is no second reading",
        ),
        pytest.param([RIGHT_186, LEFT_150, RIGHT_150], NO_SYMPTOM, [], None, id="the same arm settled it"),
        pytest.param(
            [RIGHT_186, RIGHT_150, LEFT_190],
            NO_SYMPTOM,
            [Step.ACT],
            RequiredAction.REFER_SAME_DAY,
            id="the other arm turned out to be severe",
        ),
        pytest.param([RIGHT_186, RIGHT_184, RIGHT_150], NO_SYMPTOM, [], None, id="the third reading settled it"),
        pytest.param(
            [RIGHT_186, RIGHT_150, RIGHT_184],
            NO_SYMPTOM,
            [Step.ACT],
            RequiredAction.REFER_SAME_DAY,
            id="it rose again",
        ),
        pytest.param([pressure(85, 60)], None, [Step.REMEASURE], RequiredAction.REMEASURE, id="low: measure again"),
        pytest.param([pressure(85, 60), pressure(86, 60)], None, [], None, id="low, twice"),
        pytest.param(
            [glucose(53)],
            NO_SYMPTOM,
            [Step.REMEASURE, Step.ACT],
            RequiredAction.TREAT_LOW_GLUCOSE,
            id="very low glucose",
        ),
        pytest.param(
            [glucose(53), glucose(104)],
            NO_SYMPTOM,
            [Step.ACT],
            RequiredAction.TREAT_LOW_GLUCOSE,
            id="a very low glucose that rose was still treated by somebody",
        ),
        pytest.param(
            [glucose(62)],
            frozenset({Symptom.TREMBLING}),
            [Step.REMEASURE, Step.ACT],
            RequiredAction.TREAT_LOW_GLUCOSE,
            id="low glucose with a symptom",
        ),
        pytest.param(
            [glucose(62)],
            None,
            [Step.REMEASURE, Step.ASK_SYMPTOMS],
            RequiredAction.RECHECK_IN_15_MINUTES,
            id="low glucose",
        ),
        pytest.param(
            [glucose(62), glucose(80)],
            NO_SYMPTOM,
            [],
            None,
            id="low glucose, measured again",
        ),
        pytest.param(
            [glucose(62), glucose(50)],
            NO_SYMPTOM,
            [Step.REMEASURE, Step.ACT],
            RequiredAction.TREAT_LOW_GLUCOSE,
            id="low glucose that fell further",
        ),
        pytest.param(
            [glucose(320)],
            NO_SYMPTOM,
            [Step.ACT],
            RequiredAction.REFER_SAME_DAY,
            id="very high glucose",
        ),
    ],
)
def test_an_alarm_leads_down_its_path(
    judgements: Judgements,
    readings: list[Reading],
    symptoms: frozenset[Symptom] | None,
    steps: list[Step],
    advice: RequiredAction | None,
) -> None:
    crisis = decide_crisis(readings, judgements, symptoms=symptoms)
    assert crisis is not None
    assert list(crisis.steps) == steps
    assert crisis.advice == advice


@pytest.mark.parametrize("readings", [[], [pressure(152, 88)], [glucose(120)], [REFUSED_AGAIN]])
def test_ordinary_readings_raise_no_alarm(judgements: Judgements, readings: list[Reading]) -> None:
    assert decide_crisis(readings, judgements) is None


def owed(
    visit: VisitDetails, judgements: Judgements, now: datetime, members: Sequence[int] = (7,)
) -> list[tuple[str, Severity]]:
    found = check_visit(visit, now=now, members=members, judgements=judgements)
    return [(problem.code, problem.severity) for problem in found if problem.code not in {"UNUSUAL"}]


def test_a_severe_pressure_owes_a_second_reading_the_symptoms_and_an_action(
    visit: VisitDetails, judgements: Judgements, now: datetime
) -> None:
    severe = replace(visit, readings=(pressure(186, 104),))
    assert owed(severe, judgements, now) == [
        ("NOT_MEASURED_AGAIN", Severity.REFUSE),
        ("SYMPTOMS_NOT_ASKED", Severity.REFUSE),
        ("ACTION_MISSING", Severity.REFUSE),
    ]


def test_a_record_typed_on_a_later_day_is_asked_about_its_alarm_and_never_refused(
    visit: VisitDetails, judgements: Judgements, now: datetime
) -> None:
    severe = replace(visit, readings=(pressure(186, 104), glucose(40)))
    found = owed(severe, judgements, now + timedelta(days=2))
    assert ("ACTION_MISSING", Severity.CONFIRM) in found
    assert {severity for _, severity in found} == {Severity.CONFIRM}


@pytest.mark.parametrize("action", [action for action in CrisisAction if not action.needs_note])
def test_an_action_settles_what_a_pressure_that_stayed_high_owes(
    visit: VisitDetails, judgements: Judgements, now: datetime, action: CrisisAction
) -> None:
    severe = replace(
        visit,
        readings=(pressure(186, 104), pressure(184, 102)),
        symptom_checks=(SymptomCheck(7),),
        actions_taken=(ActionTaken(7, action),),
        promised_on=(now + timedelta(days=1)).date(),
    )
    assert owed(severe, judgements, now) == []


def test_a_call_to_119_frees_from_waiting_for_a_second_reading(
    visit: VisitDetails, judgements: Judgements, now: datetime
) -> None:
    called = replace(
        visit,
        readings=(pressure(186, 104),),
        actions_taken=(ActionTaken(None, CrisisAction.CALLED_119),),
    )
    assert owed(called, judgements, now) == []


@pytest.mark.parametrize("action", [action for action in CrisisAction if action.needs_note])
@pytest.mark.parametrize(("note", "is_owed"), [("", True), ("  ", True), ("딸이 모시고 감", False)])
def test_an_action_that_explains_nothing_by_itself_needs_a_sentence(
    visit: VisitDetails,
    judgements: Judgements,
    now: datetime,
    action: CrisisAction,
    note: str,
    is_owed: bool,
) -> None:
    taken = replace(
        visit,
        readings=(pressure(186, 104), pressure(184, 102)),
        symptom_checks=(SymptomCheck(7),),
        actions_taken=(ActionTaken(7, action, note),),
    )
    assert owed(taken, judgements, now) == ([("ACTION_NOTE_MISSING", Severity.REFUSE)] if is_owed else [])


def test_another_action_than_119_beside_a_symptom_is_asked_back(
    visit: VisitDetails, judgements: Judgements, now: datetime
) -> None:
    referred = replace(
        visit,
        readings=(pressure(186, 104),),
        symptom_checks=(SymptomCheck(7, frozenset({Symptom.CHEST_PAIN})),),
        actions_taken=(ActionTaken(7, CrisisAction.REFERRED_SAME_DAY),),
    )
    assert owed(referred, judgements, now) == [
        ("NOT_119", Severity.CONFIRM),
        ("REFERRAL_UNCHECKED", Severity.CONFIRM),
    ]


def test_a_referral_of_today_is_asked_when_its_result_is_heard(
    visit: VisitDetails, judgements: Judgements, now: datetime
) -> None:
    referred = replace(
        visit,
        readings=(glucose(320),),
        symptom_checks=(SymptomCheck(7),),
        actions_taken=(ActionTaken(7, CrisisAction.REFERRED_SAME_DAY),),
    )
    assert owed(referred, judgements, now) == [("REFERRAL_UNCHECKED", Severity.CONFIRM)]
    assert owed(replace(referred, promised_on=(now + timedelta(days=1)).date()), judgements, now) == []
    assert owed(referred, judgements, now + timedelta(days=2)) == []


def test_a_low_pressure_is_refused_until_it_was_measured_again_or_says_why_not(
    visit: VisitDetails, judgements: Judgements, now: datetime
) -> None:
    low = replace(visit, readings=(pressure(86, 54),))
    assert owed(low, judgements, now) == [("NOT_MEASURED_AGAIN", Severity.REFUSE)]
    assert owed(low, judgements, now + timedelta(days=1)) == [("NOT_MEASURED_AGAIN", Severity.CONFIRM)]
    assert owed(replace(low, readings=(*low.readings, pressure(92, 60))), judgements, now) == []
    assert owed(replace(low, readings=(*low.readings, REFUSED_AGAIN)), judgements, now) == []


def test_a_pressure_that_settled_owes_nothing(visit: VisitDetails, judgements: Judgements, now: datetime) -> None:
    settled = replace(
        visit,
        readings=(pressure(186, 104), pressure(152, 90)),
        symptom_checks=(SymptomCheck(7),),
    )
    assert owed(settled, judgements, now) == []


def test_a_mildly_low_glucose_is_only_asked_about(visit: VisitDetails, judgements: Judgements, now: datetime) -> None:
    low = replace(visit, readings=(glucose(62),))
    assert owed(low, judgements, now) == [
        ("NOT_MEASURED_AGAIN", Severity.CONFIRM),
        ("SYMPTOMS_NOT_ASKED", Severity.CONFIRM),
    ]


def test_an_action_for_one_of_a_couple_does_not_answer_for_the_other(
    visit: VisitDetails, judgements: Judgements, now: datetime
) -> None:
    couple = replace(
        visit,
        members_seen=frozenset({7, 8}),
        readings=(replace(glucose(320), member_id=7), replace(glucose(330), member_id=8)),
        symptom_checks=(SymptomCheck(None),),
        actions_taken=(ActionTaken(7, CrisisAction.REFERRED_SAME_DAY),),
    )
    found = check_visit(couple, now=now, members=[7, 8], judgements=judgements)
    assert [problem.value for problem in found if problem.code == "ACTION_MISSING"] == ["8:무작위 혈당 330"]


def test_swapped_numbers_are_put_right_before_anyone_is_alarmed(
    visit: VisitDetails, judgements: Judgements, now: datetime
) -> None:
    swapped = replace(visit, readings=(pressure(80, 130),))
    assert find_crises(swapped, judgements) == ()
    assert owed(swapped, judgements, now) == [("NOT_ABOVE_DIASTOLIC", Severity.REFUSE)]


def test_the_problem_names_the_reading_and_what_to_do(
    visit: VisitDetails, judgements: Judgements, now: datetime
) -> None:
    severe = replace(visit, readings=(glucose(320),), symptom_checks=(SymptomCheck(7),))
    found: tuple[Problem, ...] = check_visit(severe, now=now, members=[7], judgements=judgements)
    problem = next(problem for problem in found if problem.code == "ACTION_MISSING")
    assert problem.field == "actions_taken"
    assert problem.message == "무작위 혈당 320: 한 일을 적어 주세요. 못 했으면 그 까닭을 적습니다."


def test_a_value_heard_on_the_telephone_raises_the_same_alarm(
    visit: VisitDetails, judgements: Judgements, now: datetime
) -> None:
    heard = replace(visit, mode=ContactMode.CALL, readings=(glucose(320),))
    assert ("ACTION_MISSING", Severity.REFUSE) in owed(heard, judgements, now)
