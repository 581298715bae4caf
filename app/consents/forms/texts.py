"""A text as a 시군구 words it."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from app.consents.rules import ConsentWords, Paragraph
from app.consents.service import TextChange
from app.households.forms.fields import LINE_LENGTH, NOTE_LENGTH, REASON_LENGTH, at_most
from app.web.forms import KoreanForm, WholeNumberField


class TextForm(KoreanForm):
    """Title, term, from when and why; `of` adds a field for each paragraph."""

    title = StringField("제목", [DataRequired("제목을 적어 주세요."), at_most(LINE_LENGTH)])
    months = WholeNumberField(
        "동의 기간(개월)", [InputRequired("몇 개월인지 적어 주세요."), NumberRange(1, 60, "1에서 60까지 적어 주세요.")]
    )
    effective_from = DateField("언제부터", [InputRequired("언제부터 쓸지 골라 주세요.")])
    source = StringField("근거", [DataRequired("어느 서식에서 왔는지 적어 주세요."), at_most(REASON_LENGTH)])
    why = StringField("바꾸는 까닭", [DataRequired("왜 바꾸는지 적어 주세요."), at_most(REASON_LENGTH)])
    begun: ConsentWords

    @classmethod
    def of(cls, words: ConsentWords, today: date) -> TextForm:
        """The form of a text, filled with the words that hold."""
        fields = {
            _name(at): TextAreaField(each.heading, [Optional(), at_most(NOTE_LENGTH)])
            for at, each in enumerate(words.paragraphs)
        }
        values: dict[str, Any] = {_name(at): each.words for at, each in enumerate(words.paragraphs)}
        values |= {"title": words.title, "months": words.months, "effective_from": today}
        form: TextForm = type("OneTextForm", (cls,), fields)(data=values)
        form.begun = words
        return form

    @property
    def paragraphs(self) -> list[Any]:
        """The fields of the paragraphs, in their order."""
        return [self[_name(at)] for at in range(len(self.begun.paragraphs))]

    def to_change(self) -> TextChange:
        """What was typed, as the service wants it; an emptied paragraph is left out."""
        told = tuple(
            Paragraph(field.label.text, field.data) for field in self.paragraphs if (field.data or "").strip()
        )  # fmt: skip
        return TextChange(
            self.begun.kind, self.title.data or "", told, self.months.data or 0, self.effective_from.data,
            self.source.data or "", self.why.data or "",
        )  # fmt: skip


def _name(at: int) -> str:
    return f"paragraph_{at}"
