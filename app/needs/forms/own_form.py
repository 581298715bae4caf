"""An office's own form: the file, and what was read of it on its way to being applied."""

from __future__ import annotations

import json
from collections.abc import Sequence

from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, HiddenField, StringField
from wtforms.validators import DataRequired, InputRequired

from app.households.forms.fields import LINE_LENGTH, REASON_LENGTH, at_most
from app.needs.rules import FormRow
from app.needs.rules.instrument import MOST_ITEMS
from app.web.forms import KoreanForm


class FormFileForm(KoreanForm):
    """The file."""

    file = FileField("조사표 파일", [FileRequired(message="올릴 파일을 골라 주세요.")])


class ApplyForm(KoreanForm):
    """The rows that were seen, from when they hold, by what source and why."""

    rows = HiddenField(filters=[])
    name = StringField("조사표 이름", [DataRequired("조사표의 이름을 적어 주세요."), at_most(LINE_LENGTH)])
    effective_from = DateField("언제부터", [InputRequired("언제부터 쓸지 골라 주세요.")])
    source = StringField("근거", [DataRequired("어디에 있는 조사표인지 적어 주세요."), at_most(REASON_LENGTH)])
    why = StringField("바꾸는 까닭", [DataRequired("왜 바꾸는지 적어 주세요."), at_most(REASON_LENGTH)])

    def to_rows(self) -> list[FormRow]:
        """The rows that travelled with the page; nonsense is no row."""
        try:
            given = json.loads(self.rows.data or "")
            return [FormRow(int(row[0]), *(str(text) for text in row[1:5])) for row in given[: MOST_ITEMS + 1]]
        except (ValueError, TypeError, LookupError, RecursionError):
            return []


def carried(rows: Sequence[FormRow]) -> str:
    """The rows as they travel with the page."""
    return json.dumps([list(row) for row in rows], ensure_ascii=False)
