"""The figures of the table that proposes, as a 시군구 sets its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from wtforms import DateField, DecimalField, StringField, ValidationError
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from app.care_groups.rules import Criterion, GroupTable, Level, place_of
from app.care_groups.service import TableChange, field_of
from app.households.forms.fields import REASON_LENGTH, at_most
from app.web.forms import KoreanForm, WholeNumberField

NO_NUMBER = "숫자로 적어 주세요."
SMALLEST, LARGEST = Decimal(0), Decimal(1000)


def sensible(_form: Any, field: DecimalField) -> None:
    """A figure somebody can measure: «NaN» and 10⁹ are numbers to a computer only."""
    if field.data is not None and not (field.data.is_finite() and SMALLEST <= field.data <= LARGEST):
        raise ValidationError(f"{SMALLEST}에서 {LARGEST} 사이의 숫자로 적어 주세요.")


class TableForm(KoreanForm):
    """From when, by what source and why; `table_form` adds an edge for each level."""

    days = WholeNumberField(
        "며칠 전 값까지 볼지", [InputRequired(NO_NUMBER), NumberRange(30, 730, "30일에서 730일 사이로 적어 주세요.")]
    )
    effective_from = DateField("언제부터", [InputRequired("언제부터 쓸지 골라 주세요.")])
    source = StringField("근거", [DataRequired("어디에 있는 기준인지 적어 주세요."), at_most(REASON_LENGTH)])
    why = StringField("바꾸는 까닭", [DataRequired("왜 바꾸는지 적어 주세요."), at_most(REASON_LENGTH)])
    table: GroupTable

    @property
    def rows(self) -> Iterator[tuple[Criterion, list[tuple[Level, Any]]]]:
        """Each measured criterion with its levels and their fields."""
        for criterion in self.table.measured:
            levels = [(level, self[_name(criterion, at)]) for at, level in enumerate(criterion.levels)]
            yield criterion, levels

    def to_change(self) -> TableChange:
        """What was typed, as the service wants it; an empty figure leaves its level out."""
        edges = {
            place_of(criterion.code, at): self[_name(criterion, at)].data
            for criterion in self.table.measured
            for at, _level in enumerate(criterion.levels)
        }
        return TableChange(
            edges, self.days.data or 0, self.effective_from.data, self.source.data or "", self.why.data or ""
        )


def _name(criterion: Criterion, at: int) -> str:
    return field_of(place_of(criterion.code, at))


def table_form(table: GroupTable, today: date) -> TableForm:
    """The form of a table, filled with the figures that hold."""
    fields: dict[str, Any] = {}
    values: dict[str, Any] = {"effective_from": today, "days": table.days}
    for criterion in table.measured:
        for at, level in enumerate(criterion.levels):
            name = _name(criterion, at)
            label = f"{criterion.label} {level.group.label}" + (f" ({level.times}번 이어서)" if level.times > 1 else "")
            fields[name] = DecimalField(label, [Optional(), sensible], places=criterion.decimals or None)
            values[name] = level.edge
    form: TableForm = type("OneTableForm", (TableForm,), fields)(data=values)
    form.table = table
    return form
