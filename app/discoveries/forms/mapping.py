"""What each column of a file means, as somebody chooses it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from wtforms import SelectChoice, SelectField

from app.discoveries.rules import ListColumn
from app.discoveries.rules.mapping import FileColumn
from app.households.forms.fields import CHOOSE
from app.web.forms import KoreanForm

NOTHING = SelectChoice("", "읽지 않음")


class MappingForm(KoreanForm):
    """`mapping_form` adds a choice for each column of the file."""

    columns: Sequence[FileColumn]

    @property
    def rows(self) -> Iterator[tuple[FileColumn, Any]]:
        """Each column with the field of its meaning."""
        return ((column, self[_name(column)]) for column in self.columns)

    def to_columns(self) -> dict[ListColumn, tuple[int, ...]]:
        """Where each meaning stands, in the order of the file."""
        chosen: dict[ListColumn, tuple[int, ...]] = {}
        for column, field in self.rows:
            if field.data:
                meaning = ListColumn(field.data)
                chosen[meaning] = (*chosen.get(meaning, ()), column.at)
        return chosen


def mapping_form(columns: Sequence[FileColumn]) -> MappingForm:
    """The form of a file, filled with what its headings say by themselves."""
    choices = [NOTHING, *(SelectChoice(meaning.value, meaning.label) for meaning in ListColumn)]
    fields = {
        _name(column): SelectField(_label(column), choices=choices, invalid_choice_message=CHOOSE)
        for column in columns
    }  # fmt: skip
    values = {_name(column): column.means.value if column.means else "" for column in columns}
    form: MappingForm = type("OneMappingForm", (MappingForm,), fields)(data=values)
    form.columns = columns
    return form


def _label(column: FileColumn) -> str:
    return f"«{column.heading}» 칸" if column.heading else f"{column.at + 1}번째 칸(제목 없음)"


def _name(column: FileColumn) -> str:
    return f"column_{column.at}"
