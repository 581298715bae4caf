"""Forms of an emergency aid: the asking, and its three steps."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from wtforms import DateField, RadioField, SelectChoice, SelectField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Optional

from app.cases.rules.emergency import AidKind, Crisis
from app.cases.service.emergency import DecisionDetails
from app.core.clock import KOREA
from app.households.forms.fields import CHOOSE, NOTE_LENGTH, at_most, choices_of, several
from app.web.versions import VersionForm

GRANTED, REFUSED = "yes", "no"


class MomentForm(VersionForm):
    """A day and its hour, in Korea."""

    on = DateField("날", [InputRequired("날을 적어 주세요.")])
    at = TimeField("시각", [InputRequired("시각을 적어 주세요.")])

    @property
    def moment(self) -> datetime:
        """The day and the hour; call after `validate`."""
        if self.on.data is None or self.at.data is None:
            raise ValueError("validate first")
        return datetime.combine(self.on.data, self.at.data, KOREA)

    def _refused(self, name: str, text: str) -> bool:
        field: Any = self._fields[name]
        field.errors = [*field.errors, text]
        return False


class AskForm(MomentForm):
    """What happened, and when help was asked for."""

    crisis = SelectField("위기상황", choices=choices_of(Crisis, blank="고르기"), invalid_choice_message=CHOOSE)

    def validate(self, extra_validators: Any = None) -> bool:
        """A crisis must be chosen."""
        fits = bool(super().validate(extra_validators))
        return fits if self.crisis.data else self._refused("crisis", CHOOSE)


class OnSiteForm(MomentForm):
    """What was seen on site."""

    note = TextAreaField("확인한 것", [InputRequired("무엇을 확인했는지 적어 주세요."), at_most(NOTE_LENGTH)])


class DecisionForm(MomentForm):
    """Granted or not, and what."""

    is_granted = RadioField(
        "결정", [InputRequired(CHOOSE)], choices=[SelectChoice(GRANTED, "지원"), SelectChoice(REFUSED, "지원하지 않음")]
    )
    kinds = several("지원의 종류", AidKind)
    note = TextAreaField("내용", [Optional(), at_most(NOTE_LENGTH)])

    def to_details(self) -> DecisionDetails:
        """What was typed, as the service wants it; call after `validate`."""
        kinds = tuple(AidKind(each) for each in self.kinds.data or ())
        return DecisionDetails(self.moment, self.is_granted.data == GRANTED, kinds, self.note.data or "")


class SurveyForm(VersionForm):
    """What the after-survey found."""

    on = DateField("조사를 마친 날", [InputRequired("조사를 마친 날을 적어 주세요.")])
    note = TextAreaField("결과", [InputRequired("조사 결과를 적어 주세요."), at_most(NOTE_LENGTH)])
