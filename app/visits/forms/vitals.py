"""One member's vitals as typed: strings in, readings and problems out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from wtforms import BooleanField, Form, RadioField, SelectChoice, SelectMultipleField, StringField
from wtforms.i18n import get_translations
from wtforms.validators import Length, Optional

from app.visits.rules import (
    ActionTaken,
    CrisisAction,
    GlucoseContext,
    Measure,
    MeterFlag,
    NotMeasured,
    Problem,
    Reading,
    Symptom,
    SymptomCheck,
    VitalKind,
    parse_glucose,
    parse_number,
    show,
)
from app.web.forms import bind_text

Choice = TypeVar("Choice", bound=StrEnum)

PAIRS = (("systolic", "diastolic"), ("systolic_again", "diastolic_again"))
"""Blood pressure, and measured again."""
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
    "pulse": VitalKind.PULSE,
    "temperature": VitalKind.TEMPERATURE,
    "glucose": VitalKind.GLUCOSE,
    "weight": VitalKind.WEIGHT,
}
"""The kinds a nurse usually takes; of these the reason for a missing value can be said."""


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
    return StringField(measure.label, [Optional(), Length(max=30)])


class MemberVitalsForm(Form):
    """Vitals, symptoms and what was done about an alarming value, of one member."""

    class Meta:
        def get_translations(self, form: Any) -> Any:
            return get_translations(["ko"])

        bind_field = bind_text

    systolic = _number(Measure.SYSTOLIC)
    diastolic = _number(Measure.DIASTOLIC)
    systolic_again = StringField("다시 잰 수축기", [Optional(), Length(max=30)])
    diastolic_again = StringField("다시 잰 이완기", [Optional(), Length(max=30)])
    blood_pressure_why = _reason("혈압")
    blood_pressure_again_why = _reason("다시 잰 혈압")
    pulse = _number(Measure.PULSE)
    pulse_why = _reason("맥박")
    temperature = _number(Measure.TEMPERATURE)
    temperature_why = _reason("체온")
    spo2 = _number(Measure.SPO2)
    glucose = _number(Measure.GLUCOSE)
    glucose_context = RadioField(
        "혈당을 잰 때", [Optional()], choices=[SelectChoice(each.value, each.label) for each in GlucoseContext]
    )
    glucose_why = _reason("혈당")
    glucose_again = StringField("다시 잰 혈당", [Optional(), Length(max=30)])
    weight = _number(Measure.WEIGHT)
    weight_why = _reason("체중")
    respiration = _number(Measure.RESPIRATION)
    hba1c = _number(Measure.HBA1C)
    height = _number(Measure.HEIGHT)
    waist = _number(Measure.WAIST)
    pain = _number(Measure.PAIN)
    symptoms = SelectMultipleField("증상", choices=[SelectChoice(each.value, each.label) for each in Symptom])
    no_symptoms = BooleanField("증상 없음을 확인했습니다")
    action = RadioField("한 일", [Optional()], choices=[SelectChoice(each.value, each.label) for each in CrisisAction])
    action_note = StringField("한 일의 내용", [Optional(), Length(max=500)])

    def take(self, member_id: int) -> Taken:
        """Everything typed for this member; what is no number becomes an error at its field."""
        taken = Taken()
        for reading, places in self._readings(member_id):
            taken.readings.append(reading)
            taken.places.append(places)
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
        for high, low in PAIRS:
            boxes = self[high], self[low]
            if not any((box.data or "").strip() for box in boxes):
                continue
            systolic, diastolic = (self._amount(box, measure) for box, measure in zip(boxes, _BP, strict=True))
            places = {"systolic": boxes[0], "diastolic": boxes[1], "value": boxes[0], "member_id": boxes[0]}
            if systolic is not _WRONG and diastolic is not _WRONG:
                yield Reading(VitalKind.BLOOD_PRESSURE, member_id, systolic=systolic, diastolic=diastolic), places

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


_BP = (Measure.SYSTOLIC, Measure.DIASTOLIC)
_WRONG = Decimal("NaN")


def typed_again(
    readings: Sequence[Reading], symptom_checks: Sequence[Mapping[str, Any]], actions: Sequence[Mapping[str, Any]]
) -> dict[str, dict[str, Any]]:
    """A stored record's vitals as the parts `m12` … of its correction form begin."""
    parts: dict[str, dict[str, Any]] = defaultdict(dict)
    for reading in readings:
        _put(parts[f"m{reading.member_id}"], reading)
    for check in symptom_checks:
        parts[f"m{check['member_id']}"] |= {"symptoms": check["symptoms"], "no_symptoms": not check["symptoms"]}
    for done in actions:
        parts[f"m{done['member_id']}"] |= {"action": done["action"], "action_note": done["note"]}
    return dict(parts)


def _put(part: dict[str, Any], reading: Reading) -> None:
    """Put a reading into the first boxes of its kind that are still empty."""
    if reading.not_measured is not None:
        name = next((name for name, kind in REASON_OF.items() if kind is reading.kind), None)
        if name:
            part[f"{name}_why"] = reading.not_measured.value
    elif reading.kind is VitalKind.BLOOD_PRESSURE:
        high, low = next(pair for pair in (*PAIRS, PAIRS[-1]) if pair[0] not in part or pair is PAIRS[-1])
        part[high], part[low] = (show(measure, amount) for measure, amount in reading.amounts.items())
    else:
        names = [name for name, (kind, _measure) in SINGLES.items() if kind is reading.kind]
        name = next((name for name in names if name not in part), names[-1])
        part[name] = reading.flag.value if reading.flag else show(SINGLES[name][1], reading.value or Decimal(0))
        if reading.context:
            part["glucose_context"] = reading.context.value
