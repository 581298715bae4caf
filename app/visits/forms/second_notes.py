"""The second note of a joint visit: one's own note, vitals and promise beside a colleague's record, and its correction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from wtforms import FormField, SelectChoice, StringField
from wtforms.validators import InputRequired, Length

from app.care.forms import CareSection
from app.visits.forms.visit import VisitForm
from app.visits.forms.vitals import MemberVitalsForm
from app.visits.rules import LINE_TEXT_LIMIT, VisitDetails
from app.web.versions import VersionForm

TEXTS = ("welfare_note", "nursing_note", "shared_line", "promise_note", "next_visit_reason")


class SecondNoteForm(VersionForm, VisitForm):
    """One's part of a record; when, where and how it was is the record's. `second_form(…)` adds the vitals."""

    mode = purpose = companion_ids = occurred_on = began = ended = place = told_to = field_notes = None
    usual_place = equipment = approach = companion_name = alone_because = stays_out = None

    def offer(self, members: Sequence[Any], colleagues: Sequence[Any] = ()) -> None:
        """Let these members be ticked as seen besides."""
        self.members_seen.choices = [SelectChoice(member.id, member.name) for member in members]

    def reads_for(self, standing: VisitDetails) -> bool:
        """Whether the shape is right; numbers that are none are marked at their fields."""
        sound = bool(self.validate_on_submit())
        self._taken = [self.vitals_of(member_id).take(member_id, standing.occurred_on) for member_id in self.member_ids]
        return sound and not self.errors

    def to_part(self, standing: VisitDetails) -> VisitDetails:
        """What was typed, on the facts of the record; call after `reads_for`."""
        texts: dict[str, Any] = {name: self[name].data or "" for name in TEXTS if name in self}
        return replace(
            standing,
            members_seen=frozenset((self.members_seen.data if self.members_seen else None) or ()),
            readings=tuple(reading for taken in self._taken for reading in taken.readings),
            symptom_checks=tuple(check for taken in self._taken for check in taken.checks),
            actions_taken=tuple(done for taken in self._taken for done in taken.actions),
            promised_on=self.promised_on.data if self.promised_on else None,
            care=self.care_part.to_care() if self.care_part else None,
            **texts,
        )

    def _places(self) -> Iterator[tuple[str, Any]]:
        names = (*TEXTS, "members_seen", "promised_on")
        yield from ((name, self[name]) for name in names if name in self)
        yield from self._vital_places()


class SecondCorrectionForm(SecondNoteForm):
    """정정 of one's part, with the reason; a promise that was made is not touched."""

    promised_on = promise_note = next_visit_reason = members_seen = None
    reason = StringField("정정하는 까닭", [InputRequired(), Length(max=LINE_TEXT_LIMIT)])


@lru_cache(maxsize=256)
def second_form(member_ids: tuple[int, ...], care: type[CareSection] | None = None) -> type[SecondNoteForm]:
    """The form of a second note with a vitals part for each of these members, and the part of care."""
    return _with_parts(SecondNoteForm, member_ids, care)


@lru_cache(maxsize=256)
def second_correction_form(
    member_ids: tuple[int, ...], care: type[CareSection] | None = None
) -> type[SecondCorrectionForm]:
    """The form that corrects a second note, with a vitals part for each of these members, and the part of care."""
    form = _with_parts(SecondCorrectionForm, member_ids, care)
    assert issubclass(form, SecondCorrectionForm)  # noqa: S101  # tells the type checker
    return form


def _with_parts(
    base: type[SecondNoteForm], member_ids: tuple[int, ...], care: type[CareSection] | None
) -> type[SecondNoteForm]:
    parts: dict[str, Any] = {f"m{member_id}": FormField(MemberVitalsForm, label="") for member_id in member_ids}
    if care is not None:
        parts["care"] = FormField(care, label="")
    return type(base.__name__, (base,), {**parts, "member_ids": member_ids})
