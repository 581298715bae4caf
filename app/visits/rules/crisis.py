"""Alarming readings of one visit: which there are, and what has still to happen before leaving."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.core.labelled import Labelled
from app.visits.rules.alarms import RequiredAction, Symptom
from app.visits.rules.judgements import Judgement, Judgements, judge
from app.visits.rules.record import VisitDetails
from app.visits.rules.vital_kinds import VitalKind
from app.visits.rules.vitals import Reading, check_reading

_MEASURED_AGAIN = {
    RequiredAction.REMEASURE,
    RequiredAction.REMEASURE_AND_ASK,
    RequiredAction.RECHECK_IN_15_MINUTES,
    RequiredAction.TREAT_LOW_GLUCOSE,
}
_ASKED_FOR_SYMPTOMS = {
    RequiredAction.REMEASURE_AND_ASK,
    RequiredAction.RECHECK_IN_15_MINUTES,
    RequiredAction.REFER_SAME_DAY,
}


class Step(Labelled):
    """What is still to be done about an alarm."""

    REMEASURE = "REMEASURE", "다시 재기"
    ASK_SYMPTOMS = "ASK_SYMPTOMS", "증상 확인"
    ACT = "ACT", "한 일 적기"


@dataclass(frozen=True, slots=True)
class Alarm:
    """A reading whose judgement asks for something, and where it stands in the series."""

    place: int
    reading: Reading
    judgement: Judgement
    action: RequiredAction


@dataclass(frozen=True, slots=True)
class Crisis:
    """One member's alarm of one kind in one visit.

    `advice` is where the path leads by now: a severe pressure that stayed, without symptoms, leads to a
    same-day referral. It is None when no step is left.
    """

    member_id: int | None
    alarm: Alarm
    advice: RequiredAction | None
    steps: tuple[Step, ...]

    @property
    def is_forced(self) -> bool:
        """Whether measuring again and asking for symptoms may not be skipped; a reason for not measuring is an answer.

        Not so for a low glucose: nobody is kept for a quarter of an hour by a form.
        """
        return self.alarm.action in (RequiredAction.REMEASURE_AND_ASK, RequiredAction.REMEASURE)


def find_crises(details: VisitDetails, judgements: Judgements) -> tuple[Crisis, ...]:
    """Every alarm among a visit's readings, by member and kind, in the order they were measured.

    A reading that would be refused is left out: swapped numbers are to be put right, not to be alarmed about.
    """
    series: dict[tuple[int | None, VitalKind], list[Reading]] = {}
    for reading in filter(_is_sound, details.readings):
        series.setdefault((details.member_of(reading.member_id), reading.kind), []).append(reading)
    found = (
        decide_crisis(readings, judgements, member_id=member_id, symptoms=find_symptoms(details, member_id))
        for (member_id, _), readings in series.items()
    )
    return tuple(crisis for crisis in found if crisis is not None)


def _is_sound(reading: Reading) -> bool:
    return not any(problem.is_refusal for problem in check_reading(reading))


def find_symptoms(details: VisitDetails, member_id: int | None) -> frozenset[Symptom] | None:
    """The symptoms one member was found to have; empty when asked and none, None when not asked."""
    checks = [check for check in details.symptom_checks if check.member_id in (None, member_id)]
    return frozenset().union(*(check.symptoms for check in checks)) if checks else None


def decide_crisis(
    readings: Sequence[Reading],
    judgements: Judgements,
    *,
    member_id: int | None = None,
    symptoms: frozenset[Symptom] | None = None,
) -> Crisis | None:
    """The alarm in one member's `readings` of one kind, in the order taken; None when there is none.

    `symptoms` is None until the checklist has been gone through. A pressure of 180 or 120 and above settles
    when symptoms were asked for and there are none, and each severe reading was followed by a milder one that
    is not known to be of the other arm (the higher arm counts).
    """
    alarms = tuple(_alarms(readings, judgements, symptoms))
    if not alarms:
        return None
    worst = next((alarm for alarm in alarms if alarm.action.is_pressing), alarms[0])
    again = _was_measured_again(worst, alarms, readings)
    asked = symptoms is not None
    settled = asked and _has_settled(worst, alarms, readings)
    steps = tuple(_steps(worst.action, again=again, asked=asked, settled=settled))
    return Crisis(member_id, worst, _advice(worst.action, steps), steps)


def _alarms(
    readings: Sequence[Reading], judgements: Judgements, symptoms: frozenset[Symptom] | None
) -> Iterator[Alarm]:
    for place, reading in enumerate(readings):
        judgement = judge(reading, judgements, symptoms=symptoms or ())
        if judgement is not None and judgement.action_required is not None:
            yield Alarm(place, reading, judgement, judgement.action_required)


def _answers(alarm: Alarm, readings: Sequence[Reading]) -> list[int]:
    """Places of the later readings that answer an alarm; one refused or impossible answers too."""
    arm = alarm.reading.arm
    return [
        place
        for place, reading in enumerate(readings)
        if place > alarm.place and (arm is None or reading.arm in (None, arm))
    ]


def _was_measured_again(worst: Alarm, alarms: Sequence[Alarm], readings: Sequence[Reading]) -> bool:
    as_loud = [alarm for alarm in alarms if alarm.action.is_pressing == worst.action.is_pressing]
    return any(_answers(alarm, readings) for alarm in as_loud)


def _has_settled(worst: Alarm, alarms: Sequence[Alarm], readings: Sequence[Reading]) -> bool:
    if worst.action is not RequiredAction.REMEASURE_AND_ASK:
        return False
    severe = [alarm for alarm in alarms if alarm.action.is_pressing]
    loud = {alarm.place for alarm in severe}
    milder = {place for place, reading in enumerate(readings) if reading.is_measured} - loud
    return all(milder.intersection(_answers(alarm, readings)) for alarm in severe)


def _steps(action: RequiredAction, *, again: bool, asked: bool, settled: bool) -> Iterator[Step]:
    if action in _MEASURED_AGAIN and not again:
        yield Step.REMEASURE
    if action in _ASKED_FOR_SYMPTOMS and not asked:
        yield Step.ASK_SYMPTOMS
    if action.is_pressing and not settled:
        yield Step.ACT


def _advice(action: RequiredAction, steps: tuple[Step, ...]) -> RequiredAction | None:
    if not steps:
        return None
    if action is RequiredAction.REMEASURE_AND_ASK and steps == (Step.ACT,):
        return RequiredAction.REFER_SAME_DAY
    return action
