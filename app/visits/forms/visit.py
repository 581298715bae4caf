"""The visit as typed at the door, and its correction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any
from uuid import UUID

from wtforms import (
    BooleanField,
    DateField,
    FormField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Length, Optional

from app.care.forms import CareSection
from app.care.rules.offer import CareOffer
from app.core.clock import KOREA
from app.follow_ups.rules import ContactMode, Purpose
from app.households.service import Overtaken
from app.visits.forms.carried import CarriedForm
from app.visits.forms.problems import show_problems
from app.visits.forms.vitals import MemberVitalsForm, Taken
from app.visits.rules import LINE_TEXT_LIMIT, NOTE_LIMIT, Carried, Problem, StableField, VisitDetails
from app.web.forms import KoreanForm
from app.web.versions import VersionForm

TOLD = (
    ContactMode.FACE,
    ContactMode.CALL,
    ContactMode.OFFICE,
    ContactMode.NEIGHBOUR,
    ContactMode.TEXT,
    ContactMode.LETTER,
)
"""Ways of contact that this form records; 부재 and 무응답 have their own."""


class VisitForm(KoreanForm):
    """One contact with a household. `visit_form(members, care)` adds the vitals of each member, and what was done."""

    visit_id = HiddenField()
    typed_at = HiddenField()
    field_notes = TextAreaField("현장 메모", [Optional(), Length(max=NOTE_LIMIT)])
    mode = RadioField(
        "어떻게 만났습니까", [InputRequired()], choices=[SelectChoice(mode.value, mode.label) for mode in TOLD]
    )
    purpose = RadioField(
        "무슨 일로", [InputRequired()], choices=[SelectChoice(each.value, each.label) for each in Purpose]
    )
    members_seen = SelectMultipleField("만난 사람", coerce=int)
    companion_ids = SelectMultipleField("함께 간 사람", coerce=int)
    companion_name = StringField("함께 간 다른 사람", [Optional(), Length(max=LINE_TEXT_LIMIT)])
    alone_because = StringField("혼자 간 까닭", [Optional(), Length(max=LINE_TEXT_LIMIT)])
    occurred_on = DateField("날짜", [InputRequired()])
    began = TimeField("시작", [Optional()])
    ended = TimeField("끝", [Optional()])
    place = StringField("장소 (집이 아니면)", [Optional(), Length(max=LINE_TEXT_LIMIT)])
    usual_place = FormField(CarriedForm, label=StableField.PLACE.label)
    equipment = FormField(CarriedForm, label=StableField.EQUIPMENT.label)
    approach = FormField(CarriedForm, label=StableField.APPROACH.label)
    welfare_note = TextAreaField("복지 기록", [Optional(), Length(max=NOTE_LIMIT)])
    nursing_note = TextAreaField("간호 기록", [Optional(), Length(max=NOTE_LIMIT)])
    shared_line = StringField("함께 보는 한 줄", [Optional(), Length(max=LINE_TEXT_LIMIT)])
    promised_on = DateField("다음에 오기로 한 날", [Optional()])
    promise_note = StringField("약속한 일", [Optional(), Length(max=LINE_TEXT_LIMIT)])
    next_visit_reason = StringField("제안보다 늦춘 까닭", [Optional(), Length(max=LINE_TEXT_LIMIT)])
    told_to = StringField("알린 사람", [Optional(), Length(max=LINE_TEXT_LIMIT)])
    stays_out = BooleanField("아직 안에 있습니다")
    """Submitting ends the outing unless this is ticked; it is no part of the record."""

    member_ids: tuple[int, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions: list[Problem] = []
        self._taken: list[Taken] = []

    def offer(self, members: Sequence[Any], colleagues: Sequence[Any]) -> None:
        """Let these members and colleagues be ticked."""
        self.members_seen.choices = [SelectChoice(member.id, member.name) for member in members]
        self.companion_ids.choices = [SelectChoice(person.id, person.title) for person in colleagues]

    def offer_care(self, offer: CareOffer) -> None:
        """Let these picks, problems and medicines be answered; they stay offered when the form is filled anew."""
        self._care = offer
        self["care"].form.show(offer)

    @property
    def care_part(self) -> CareSection | None:
        """What was done, problems and medicines; None where the form does not ask."""
        return self["care"].form if "care" in self else None

    def vitals_of(self, member_id: int) -> MemberVitalsForm:
        """The vitals part of one member."""
        part: MemberVitalsForm = self[f"m{member_id}"].form
        return part

    def reads(self) -> bool:
        """Whether the shape is right; numbers that are none are marked at their fields."""
        sound = bool(self.validate_on_submit())
        self._taken = [
            self.vitals_of(member_id).take(member_id, self.occurred_on.data) for member_id in self.member_ids
        ]
        return sound and not self.errors

    def to_details(self, visit_id: UUID, household_id: int) -> VisitDetails:
        """What was typed, as the service wants it; call after `reads`."""
        on: date = self.occurred_on.data
        carried = self._carried()
        return VisitDetails(
            visit_id=visit_id,
            household_id=household_id,
            occurred_on=on,
            mode=ContactMode(self.mode.data),
            purpose=Purpose(self.purpose.data),
            began_at=_moment(on, self.began.data),
            ended_at=_moment(on, self.ended.data),
            members_seen=frozenset(self.members_seen.data or ()),
            companion_ids=frozenset(self.companion_ids.data or ()),
            place=self.place.data or next((each.text for each in carried if each.name is StableField.PLACE), ""),
            welfare_note=self.welfare_note.data or "",
            nursing_note=self.nursing_note.data or "",
            shared_line=self.shared_line.data or "",
            readings=tuple(reading for taken in self._taken for reading in taken.readings),
            symptom_checks=tuple(check for taken in self._taken for check in taken.checks),
            actions_taken=tuple(done for taken in self._taken for done in taken.actions),
            promised_on=self.promised_on.data,
            promise_note=self.promise_note.data or "",
            next_visit_reason=self.next_visit_reason.data or "",
            told_to=self.told_to.data or "",
            companion_name=self.companion_name.data or "",
            alone_because=self.alone_because.data or "",
            field_notes=self.field_notes.data or "",
            carried=carried,
            care=self.care_part.to_care() if self.care_part else None,
        )

    def _carried(self) -> tuple[Carried, ...]:
        found = (self[field].form.to_carried(name) for field, name in STABLE_FIELDS.items())
        return tuple(each for each in found if each is not None)

    def show_all(self, problems: Sequence[Problem]) -> None:
        """Bring what the rules found to the fields it is about."""
        show_problems(self, problems, dict(self._places()))

    def _places(self) -> Iterator[tuple[str, Any]]:
        yield from ((name, self[name]) for name in _SAME_NAME)
        yield "began_at", self.began
        yield "ended_at", self.ended
        yield from self._vital_places()

    def _vital_places(self) -> Iterator[tuple[str, Any]]:
        boxes = [places for taken in self._taken for places in taken.places]
        for place, named in enumerate(boxes):
            yield from ((f"readings.{place}.{name}", box) for name, box in named.items())
        done = [places for taken in self._taken for places in taken.action_places]
        for place, named in enumerate(done):
            yield from ((f"actions_taken.{place}.{name}", box) for name, box in named.items())
        first = next((self.vitals_of(member_id) for member_id in self.member_ids), None)
        if first is not None:
            yield from (
                ("symptom_checks", first.symptoms),
                ("actions_taken", first.action),
                ("readings", first.systolic),
            )


STABLE_FIELDS = {
    "usual_place": StableField.PLACE,
    "equipment": StableField.EQUIPMENT,
    "approach": StableField.APPROACH,
}
_SAME_NAME = (
    "field_notes",
    "mode",
    "occurred_on",
    "members_seen",
    "place",
    "welfare_note",
    "nursing_note",
    "shared_line",
    "promised_on",
    "promise_note",
    "next_visit_reason",
    "told_to",
    "companion_name",
    "alone_because",
)


class CorrectionForm(VersionForm, VisitForm):
    """정정: the same form, with the reason and the version it began from."""

    reason = StringField("정정하는 까닭", [InputRequired(), Length(max=LINE_TEXT_LIMIT)])

    def settle(self, overtaken: Sequence[Overtaken], standing: Mapping[str, Any]) -> None:
        """Let fields nobody touched here show what stands now, keep what was typed, and let the form be sent again."""
        for change in overtaken:
            for name in () if change.is_conflict else self._fields_of(change.name):
                self[name].process(None, standing.get(name))
                if name == "care":
                    self.offer_care(self._care)
        self.version.data = standing["version"]

    def _fields_of(self, name: str) -> list[str]:
        """The fields that show a part of the record."""
        return [f"m{member_id}" for member_id in self.member_ids] if name in _HEALTH else [_FIELD_OF.get(name, name)]


_FIELD_OF = {"began_at": "began", "ended_at": "ended", "care_health": "care"}
_HEALTH = frozenset({"vitals", "symptom_checks", "actions_taken"})


@lru_cache(maxsize=256)
def visit_form(member_ids: tuple[int, ...], care: Any = None) -> type[VisitForm]:
    """The visit form with a vitals part (`m12-pulse` …) for each of these members, and the part of care."""
    return _with_parts(VisitForm, member_ids, care)


@lru_cache(maxsize=256)
def correction_form(member_ids: tuple[int, ...], care: Any = None) -> type[CorrectionForm]:
    """The correction form with a vitals part for each of these members, and the part of care."""
    form = _with_parts(CorrectionForm, member_ids, care)
    assert issubclass(form, CorrectionForm)  # noqa: S101  # tells the type checker
    return form


def _with_parts(base: type[VisitForm], member_ids: tuple[int, ...], care: type[CareSection] | None) -> type[VisitForm]:
    parts: dict[str, Any] = {f"m{member_id}": FormField(MemberVitalsForm, label="") for member_id in member_ids}
    if care is not None:
        parts["care"] = FormField(care, label="")
    return type(base.__name__, (base,), {**parts, "member_ids": member_ids})


def _moment(on: date, at: time | None) -> datetime | None:
    return None if at is None else datetime.combine(on, at, KOREA)
