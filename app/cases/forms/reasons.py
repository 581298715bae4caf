"""The closure reasons as a 시군구 words them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Optional

from app.cases.rules import Reason, ReasonList
from app.cases.service import ReasonChange
from app.households.forms.fields import LINE_LENGTH, NOTE_LENGTH, REASON_LENGTH, at_most
from app.web.forms import KoreanForm


class ReasonsForm(KoreanForm):
    """From when, by what source and why; `reasons_form` adds a name for each reason."""

    own = TextAreaField("더할 사유", [Optional(), at_most(NOTE_LENGTH)])
    effective_from = DateField("언제부터", [InputRequired("언제부터 쓸지 골라 주세요.")])
    source = StringField("근거", [DataRequired("어디에 있는 사유인지 적어 주세요."), at_most(REASON_LENGTH)])
    why = StringField("바꾸는 까닭", [DataRequired("왜 바꾸는지 적어 주세요."), at_most(REASON_LENGTH)])
    reasons: tuple[Reason, ...]

    @property
    def rows(self) -> Iterator[tuple[Reason, Any]]:
        """Each reason with the field of its name."""
        return ((reason, self[_name(reason)]) for reason in self.reasons)

    def to_change(self) -> ReasonChange:
        """What was typed, as the service wants it; an emptied name leaves the reason out."""
        labels = {reason.code: field.data or "" for reason, field in self.rows}
        own = (self.own.data or "").splitlines()
        return ReasonChange(labels, own, self.effective_from.data, self.source.data or "", self.why.data or "")


def _name(reason: Reason) -> str:
    return f"label_{reason.code}"


def reasons_form(reasons: ReasonList, today: date) -> ReasonsForm:
    """The form of a list, filled with the names that hold."""
    fields = {_name(each): StringField(each.label, [Optional(), at_most(LINE_LENGTH)]) for each in reasons.offered}
    values: dict[str, Any] = {_name(each): each.label for each in reasons.offered} | {"effective_from": today}
    form: ReasonsForm = type("OneReasonsForm", (ReasonsForm,), fields)(data=values)
    form.reasons = reasons.offered
    return form
