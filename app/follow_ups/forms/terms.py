"""Set what holds for whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import DateField, SelectChoice, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from app.web.forms import KoreanForm


class TermForm(KoreanForm):
    """A rule that holds for the household, from a day on."""

    code = SelectField("관리 기준", [InputRequired()])
    starts_on = DateField("시작하는 날", [InputRequired()])
    note = StringField("까닭", [DataRequired(), Length(max=500)])

    def offer_rules(self, rules: Sequence[Any]) -> None:
        """Let these rules be chosen."""
        self.code.choices = [SelectChoice(rule.code, rule.name) for rule in rules]


class EndTermForm(KoreanForm):
    """The last day of a term, with the reason."""

    on = DateField("마지막 날", [InputRequired()])
    because = StringField("까닭", [InputRequired(), Length(max=500)])
