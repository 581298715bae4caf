"""An instrument as a form: its items as rows of chips, or its score as one number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Optional

from app.assessments.rules import Instrument
from app.assessments.service import AssessmentDetails
from app.households.forms.fields import CHOOSE, LINE_LENGTH, NOTE_LENGTH, REASON_LENGTH, at_most
from app.web.forms import KoreanForm

UNANSWERED = "답을 하나 골라 주세요."
NO_NUMBER = "숫자로 적어 주세요."


class AssessmentForm(KoreanForm):
    """What every instrument asks; `assessment_form` adds its own items."""

    assessment_id = HiddenField()
    visit_id = HiddenField()
    """The visit, a draft perhaps, during which it is asked; goes back there afterwards."""
    assessed_on = DateField("평가한 날", [InputRequired("평가한 날을 골라 주세요.")])
    member_id = SelectField("누구", validate_choice=True)
    chosen_band = RadioField("결과", [Optional()], invalid_choice_message=CHOOSE)
    override_reason = StringField("기준과 다르게 정하는 까닭", [Optional(), at_most(LINE_LENGTH)])
    note = TextAreaField("덧붙임", [Optional(), at_most(NOTE_LENGTH)])
    instrument: Instrument

    @property
    def items(self) -> list[tuple[Any, Any]]:
        """Each item with its field."""
        return [(item, self[f"item_{item.code}"]) for item in self.instrument.items]

    def to_details(self, fresh_id: UUID) -> AssessmentDetails:
        """What was typed, as the service wants it; `fresh_id` where the page's own id came back as nonsense."""
        total = self["total"].data if "total" in self else None
        return AssessmentDetails(
            _uuid(self.assessment_id.data) or fresh_id, self.instrument.code, self.assessed_on.data,
            member_id=int(self.member_id.data) if self.member_id.data else None,
            answers={item.code: field.data or "" for item, field in self.items},
            total=Decimal(total) if total is not None else None, chosen_band=self.chosen_band.data or "",
            override_reason=self.override_reason.data or "", note=self.note.data or "", visit_id=self.of_visit,
            ticked=bool(self["ticked"].data) if "ticked" in self else False,
        )  # fmt: skip

    @property
    def of_visit(self) -> UUID | None:
        """The visit it is asked at, None where it stands for itself."""
        return _uuid(self.visit_id.data)


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def assessment_form(
    instrument: Instrument, members: Sequence[Any], today: date, fresh_id: UUID, *, visit_id: str = "",
    member_id: str = "",
) -> AssessmentForm:  # fmt: skip
    """The form of one instrument, for one of the members or for the household; it will be stored under `fresh_id`."""
    fields: dict[str, Any] = {
        f"item_{item.code}": RadioField(
            item.text, [DataRequired(UNANSWERED)], invalid_choice_message=UNANSWERED,
            choices=[SelectChoice(choice.code, choice.label) for choice in item.choices],
        )
        for item in instrument.items
    }  # fmt: skip
    if not instrument.has_items:
        fields["total"] = DecimalField(
            "점수", [InputRequired("점수를 적어 주세요.")], places=instrument.decimals or None
        )
    if instrument.tick:
        fields["ticked"] = BooleanField(instrument.tick.text)
    ids = [str(member.id) for member in members]
    form: AssessmentForm = type("OneAssessmentForm", (AssessmentForm,), fields)(
        data={
            "assessment_id": str(fresh_id),
            "assessed_on": today,
            "visit_id": visit_id,
            "member_id": member_id if member_id in ids else _first(instrument, ids),
        }
    )
    form.instrument = instrument
    whole = [SelectChoice("", "가구 전체")] if instrument.whom == "household" else []
    form.member_id.choices = [*whole, *(SelectChoice(str(member.id), member.name) for member in members)]
    form.chosen_band.choices = [SelectChoice(band.code, band.label) for band in instrument.bands]
    return form


def _first(instrument: Instrument, ids: Sequence[str]) -> str:
    """Who it is about unless somebody says otherwise: the household as a whole, or its first member."""
    return ids[0] if ids and instrument.whom == "member" else ""


class VoidForm(KoreanForm):
    """Why an assessment is taken back."""

    because = StringField("취소하는 까닭", [DataRequired("왜 취소하는지 적어 주세요."), at_most(REASON_LENGTH)])


class CutOffForm(KoreanForm):
    """A district's own cut-offs; `cut_off_form` adds an edge for each band."""

    effective_from = DateField("언제부터", [InputRequired("언제부터 쓸지 골라 주세요.")])
    source = StringField("근거", [DataRequired("어디에 있는 기준인지 적어 주세요."), at_most(REASON_LENGTH)])
    why = StringField("바꾸는 까닭", [DataRequired("왜 바꾸는지 적어 주세요."), at_most(REASON_LENGTH)])
    instrument: Instrument

    @property
    def edges(self) -> list[tuple[Any, Any, Any]]:
        """Each band with the fields of its edges."""
        return [(band, self[f"from_{band.code}"], self[f"to_{band.code}"]) for band in self.instrument.bands]

    def to_edges(self) -> list[tuple[str, Decimal, Decimal]]:
        """What was typed, as the service wants it."""
        return [(band.code, low.data, high.data) for band, low, high in self.edges]


def finite(_form: Any, field: DecimalField) -> None:
    """«NaN» and «Infinity» are numbers to a computer only."""
    if field.data is not None and not field.data.is_finite():
        raise ValidationError(NO_NUMBER)


def cut_off_form(instrument: Instrument, today: date) -> CutOffForm:
    """The form of an instrument's bands, filled with those that hold."""
    fields: dict[str, Any] = {}
    values: dict[str, Any] = {"effective_from": today}
    for band in instrument.bands:
        for word, edge, name in (("from", band.low, "부터"), ("to", band.high, "까지")):
            fields[f"{word}_{band.code}"] = DecimalField(
                f"{band.label} {name}", [InputRequired(NO_NUMBER), finite], places=instrument.decimals or None
            )
            values[f"{word}_{band.code}"] = edge
    form: CutOffForm = type("OneCutOffForm", (CutOffForm,), fields)(data=values)
    form.instrument = instrument
    return form
