"""«입력 완료»: which records, and into which system they were typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import InputRequired

from app.visits.rules import NationalSystem
from app.web.forms import KoreanForm


class EnteredForm(KoreanForm):
    """The system a record was typed into."""

    system = SelectField(
        "시스템", [InputRequired()], choices=[SelectChoice(each.value, each.label) for each in NationalSystem]
    )


class EnteredManyForm(EnteredForm):
    """Several records typed into one system."""

    visits = SelectMultipleField("기록", [InputRequired("표시할 기록을 하나 이상 골라 주세요.")])

    def offer(self, visits: Sequence[Any]) -> None:
        """Let these records be marked."""
        self.visits.choices = [SelectChoice(str(visit.id), visit.household.title) for visit in visits]
