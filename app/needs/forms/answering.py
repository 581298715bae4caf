"""The form of needs as it is answered: four buttons and a line for each item, and the words beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from wtforms import DateField, HiddenField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Optional

from app.households.forms.fields import LINE_LENGTH, NOTE_LENGTH, REASON_LENGTH, at_most
from app.needs.rules import Instrument, NeedDomain, NeedItem, NeedLevel
from app.needs.service import NeedsDetails
from app.web.forms import KoreanForm

UNANSWERED = "없음, 관찰, 필요, 긴급 가운데 하나를 골라 주세요."


class SurveyForm(KoreanForm):
    """What every version asks; `survey_form` adds its items."""

    visit_id = HiddenField()
    """The survey's id, made with the page; drafts call it so."""
    typed_at = HiddenField()
    form_id = HiddenField()
    assessed_on = DateField("조사한 날", [InputRequired("조사한 날을 골라 주세요.")])
    own_words = TextAreaField("본인·가족의 말씀", [Optional(), at_most(NOTE_LENGTH)])
    strengths = TextAreaField("강점", [Optional(), at_most(NOTE_LENGTH)])
    workers_view = TextAreaField("조사자 의견", [Optional(), at_most(NOTE_LENGTH)])
    instrument: Instrument

    @property
    def domains(self) -> Iterator[tuple[NeedDomain, list[tuple[NeedItem, Any, Any]]]]:
        """Each domain with its items, their levels and their notes."""
        for domain in self.instrument.domains:
            yield domain, [(item, self[f"item_{item.code}"], self[f"note_{item.code}"]) for item in domain.items]

    def to_details(self, assessment_id: UUID, form_id: int) -> NeedsDetails:
        """What was typed, as the service wants it; only once the form is valid."""
        items = [row for _domain, rows in self.domains for row in rows]
        return NeedsDetails(
            assessment_id, form_id, self.assessed_on.data,
            {item.code: NeedLevel(level.data) for item, level, _note in items},
            {item.code: note.data or "" for item, _level, note in items},
            self.strengths.data or "", self.own_words.data or "", self.workers_view.data or "",
        )  # fmt: skip


def survey_form(instrument: Instrument, formdata: Any = None, **values: Any) -> SurveyForm:
    """The form of one version; `formdata` is a draft's, None for what was sent."""
    choices = [SelectChoice(level.value, level.label) for level in NeedLevel]
    fields: dict[str, Any] = {}
    for item in instrument.items:
        fields[f"item_{item.code}"] = RadioField(
            item.label, [DataRequired(UNANSWERED)], choices=choices, invalid_choice_message=UNANSWERED
        )
        fields[f"note_{item.code}"] = StringField(f"{item.label} 덧붙임", [Optional(), at_most(LINE_LENGTH)])
    made = type("OneSurveyForm", (SurveyForm,), fields)
    form: SurveyForm = made(formdata, data=values) if formdata is not None else made(data=values)
    form.instrument = instrument
    return form


class TakeBackForm(KoreanForm):
    """Why a survey is taken back."""

    because = StringField("취소하는 까닭", [DataRequired("왜 취소하는지 적어 주세요."), at_most(REASON_LENGTH)])
