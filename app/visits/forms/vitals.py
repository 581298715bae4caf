"""One member's vitals as typed: strings in, readings and problems out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from wtforms import (
    BooleanField,
    Form,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TimeField,
)
from wtforms.i18n import get_translations
from wtforms.validators import Length, Optional

from app.core.clock import KOREA
from app.visits.rules import (
    ActionTaken,
    Arm,
    CrisisAction,
    GlucoseContext,
    Measure,
    MeterFlag,
    NotMeasured,
    Position,
    Problem,
    Reading,
    Symptom,
    SymptomCheck,
    VitalKind,
    parse_glucose,
    parse_number,
)
from app.web.forms import bind_text

Choice = TypeVar("Choice", bound=StrEnum)

ROUNDS = ("", "_again", "_third", "_fourth")
"""Blood pressure as often as it was taken: the guideline wants two, an alarm one more, and the other arm one."""
SINGLES = {
    "pulse": (VitalKind.PULSE, Measure.PULSE),
    "respiration": (VitalKind.RESPIRATION, Measure.RESPIRATION),
    "temperature": (VitalKind.TEMPERATURE, Measure.TEMPERATURE),
    "spo2": (VitalKind.SPO2, Measure.SPO2),
    "glucose": (VitalKind.GLUCOSE, Measure.GLUCOSE),
    "glucose_again": (VitalKind.GLUCOSE, Measure.GLUCOSE),
    "hba1c": (VitalKind.HBA1C, Measure.HBA1C),
    "weight": (VitalKind.WEIGHT, Measure.WEIGHT),
    "height": (VitalKind.HEIGHT, Measure.HEIGHT),
    "waist": (VitalKind.WAIST, Measure.WAIST),
    "pain": (VitalKind.PAIN, Measure.PAIN),
}
REASON_OF = {
    "blood_pressure": VitalKind.BLOOD_PRESSURE,
    "blood_pressure_again": VitalKind.BLOOD_PRESSURE,
    **{name: kind for name, (kind, _measure) in SINGLES.items()},
}
"""Of every vital the reason for a missing value can be said, also of one that was to be taken again."""
SAME = ""
"""The arm or the posture of the reading before."""


@dataclass
class Taken:
    """What one member's form yields, and which field each rule's field name belongs to."""

    readings: list[Reading] = field(default_factory=list)
    places: list[dict[str, Any]] = field(default_factory=list)
    checks: list[SymptomCheck] = field(default_factory=list)
    actions: list[ActionTaken] = field(default_factory=list)
    action_places: list[dict[str, Any]] = field(default_factory=list)


def _reason(label: str) -> RadioField:
    choices = [SelectChoice("", "재었음"), *(SelectChoice(reason.value, reason.label) for reason in NotMeasured)]
    return RadioField(f"{label} 재지 못한 까닭", [Optional()], choices=choices, default="")


def _number(measure: Measure) -> StringField:
    return _repeated(measure.label)


def _repeated(label: str) -> StringField:
    return StringField(label, [Optional(), Length(max=30)])


def _how(label: str, kind: type[Arm] | type[Position], *, first: bool = True) -> RadioField:
    """Which arm, or in which posture; a later reading may say that it was as before."""
    as_before = [] if first else [SelectChoice(SAME, "위와 같음")]
    choices = [*as_before, *(SelectChoice(each.value, each.label) for each in kind)]
    return RadioField(label, [Optional()], choices=choices, default=None if first else SAME)


class MemberVitalsForm(Form):
    """Vitals, symptoms and what was done about an alarming value, of one member."""

    class Meta:
        def get_translations(self, form: Any) -> Any:
            return get_translations(["ko"])

        bind_field = bind_text

    systolic, diastolic = _number(Measure.SYSTOLIC), _number(Measure.DIASTOLIC)
    arm, position = _how("팔", Arm), _how("자세", Position)
    systolic_again, diastolic_again = _repeated("다시 잰 수축기"), _repeated("다시 잰 이완기")
    arm_again, position_again = _how("다시 잰 팔", Arm, first=False), _how("다시 잰 자세", Position, first=False)
    systolic_third, diastolic_third = _repeated("세 번째 수축기"), _repeated("세 번째 이완기")
    arm_third, position_third = _how("세 번째 팔", Arm, first=False), _how("세 번째 자세", Position, first=False)
    systolic_fourth, diastolic_fourth = _repeated("네 번째 수축기"), _repeated("네 번째 이완기")
    arm_fourth, position_fourth = _how("네 번째 팔", Arm, first=False), _how("네 번째 자세", Position, first=False)
    blood_pressure_why, blood_pressure_again_why = _reason("혈압"), _reason("다시 잰 혈압")
    pulse, pulse_why = _number(Measure.PULSE), _reason("맥박")
    temperature, temperature_why = _number(Measure.TEMPERATURE), _reason("체온")
    spo2, spo2_why = _number(Measure.SPO2), _reason("산소포화도")
    glucose, glucose_why = _number(Measure.GLUCOSE), _reason("혈당")
    glucose_context = RadioField(
        "혈당을 잰 때", [Optional()], choices=[SelectChoice(each.value, each.label) for each in GlucoseContext]
    )
    glucose_again, glucose_again_why = _repeated("다시 잰 혈당"), _reason("다시 잰 혈당")
    recheck_from = HiddenField(validators=[Length(max=40)])
    """When the page first saw a low glucose: the quarter of an hour is counted from there, also after a reload."""
    weight, weight_why = _number(Measure.WEIGHT), _reason("체중")
    respiration, respiration_why = _number(Measure.RESPIRATION), _reason("호흡")
    hba1c, hba1c_why = _number(Measure.HBA1C), _reason("당화혈색소")
    height, height_why = _number(Measure.HEIGHT), _reason("키")
    waist, waist_why = _number(Measure.WAIST), _reason("허리둘레")
    pain, pain_why = _number(Measure.PAIN), _reason("통증")
    measured = TimeField("잰 시각", [Optional()])
    symptoms = SelectMultipleField("증상", choices=[SelectChoice(each.value, each.label) for each in Symptom])
    no_symptoms = BooleanField("증상 없음을 확인했습니다")
    action = RadioField("한 일", [Optional()], choices=[SelectChoice(each.value, each.label) for each in CrisisAction])
    action_note = StringField("한 일의 내용", [Optional(), Length(max=500)])

    def take(self, member_id: int, on: date | None) -> Taken:
        """Everything typed for this member on that day; what is no number becomes an error at its field."""
        taken, at = Taken(), _moment(on, self.measured.data)
        for reading, places in self._readings(member_id):
            taken.readings.append(reading if at is None else replace(reading, measured_at=at))
            taken.places.append({**places, "measured_at": self.measured})
        if self.symptoms.data or self.no_symptoms.data:
            felt = (_offered(Symptom, value) for value in self.symptoms.data or [])
            taken.checks.append(SymptomCheck(member_id, frozenset(filter(None, felt))))
        action = _offered(CrisisAction, self.action.data)
        if action:
            taken.actions.append(ActionTaken(member_id, action, self.action_note.data or ""))
            taken.action_places.append({"note": self.action_note})
        return taken

    def _readings(self, member_id: int) -> Iterator[tuple[Reading, dict[str, Any]]]:
        yield from self._pressures(member_id)
        for name, (kind, measure) in SINGLES.items():
            box = self[name]
            if (box.data or "").strip():
                yield from self._single(member_id, kind, measure, box)
        for name, kind in REASON_OF.items():
            why = self[f"{name}_why"]
            reason = _offered(NotMeasured, why.data)
            if reason:
                yield Reading(kind, member_id, not_measured=reason), {"value": why, "systolic": why, "member_id": why}

    def _pressures(self, member_id: int) -> Iterator[tuple[Reading, dict[str, Any]]]:
        arm: Arm | None = None
        position: Position | None = None
        for nth in ROUNDS:
            arm = _offered(Arm, self[f"arm{nth}"].data) or arm
            position = _offered(Position, self[f"position{nth}"].data) or position
            boxes = self[f"systolic{nth}"], self[f"diastolic{nth}"]
            if not any((box.data or "").strip() for box in boxes):
                continue
            systolic, diastolic = (self._amount(box, measure) for box, measure in zip(boxes, _BP, strict=True))
            places = {"systolic": boxes[0], "diastolic": boxes[1], "value": boxes[0], "member_id": boxes[0]}
            if systolic is not _WRONG and diastolic is not _WRONG:
                yield (
                    Reading(
                        VitalKind.BLOOD_PRESSURE,
                        member_id,
                        systolic=systolic,
                        diastolic=diastolic,
                        arm=arm,
                        position=position,
                    ),
                    places,
                )

    def _single(
        self, member_id: int, kind: VitalKind, measure: Measure, box: Any
    ) -> Iterator[tuple[Reading, dict[str, Any]]]:
        places = {"value": box, "flag": box, "context": self.glucose_context, "member_id": box}
        context = _offered(GlucoseContext, self.glucose_context.data) if kind is VitalKind.GLUCOSE else None
        amount = parse_glucose(box.data) if kind is VitalKind.GLUCOSE else parse_number(box.data, measure)
        if isinstance(amount, Problem):
            box.errors = [*box.errors, amount.message]
        elif isinstance(amount, MeterFlag):
            yield Reading(kind, member_id, flag=amount, context=context), places
        else:
            yield Reading(kind, member_id, value=amount, context=context), places

    def _amount(self, box: Any, measure: Measure) -> Decimal | None:
        """The number in a box; None when it is empty, `_WRONG` when it is no number."""
        if not (box.data or "").strip():
            return None
        amount = parse_number(box.data, measure)
        if isinstance(amount, Problem):
            box.errors = [*box.errors, amount.message]
            return _WRONG
        return amount


def _offered(kind: type[Choice], value: str | None) -> Choice | None:
    """The choice; None for none, and for a value nobody offered, of which the field itself complains."""
    return next((each for each in kind if each.value == value), None)


def _moment(on: date | None, at: time | None) -> datetime | None:
    return datetime.combine(on, at, KOREA) if on and at else None


_BP = (Measure.SYSTOLIC, Measure.DIASTOLIC)
_WRONG = Decimal("NaN")
