"""Choose a paper: which, about whom, what for, and how much of a person it shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import RadioField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.reports.rules import DEFAULT_MASKING, EntryGround, Masking, Purpose, ReportCode
from app.web.forms import KoreanForm


class PrintForm(KoreanForm):
    """What for, and how much of a person; nothing is printed without a purpose."""

    purpose = RadioField(
        "출력 목적", [InputRequired()], choices=[SelectChoice(each.value, each.label) for each in Purpose]
    )
    masking = RadioField(
        "가림 수준",
        [InputRequired()],
        choices=[SelectChoice(each.value, each.label) for each in Masking],
        default=DEFAULT_MASKING.value,
    )

    def without_full(self) -> None:
        """Take 전체 away from those who may not print it."""
        self.masking.choices = [SelectChoice(each.value, each.label) for each in Masking if each is not Masking.FULL]


class EntrySheetForm(PrintForm):
    """The urgent entry request: on what ground, in whose words."""

    ground = RadioField(
        "근거", [InputRequired()], choices=[SelectChoice(each.value, each.label) for each in EntryGround]
    )
    ground_words = TextAreaField("무엇을 보고 그렇게 판단했습니까", [InputRequired(), Length(max=500)])

    def without_statistics(self) -> None:
        """Take 통계용 away: nobody finds a door by it."""
        self.masking.choices = [each for each in self.masking.choices if each.value != Masking.STATISTICS.value]


class AssigneeReportForm(PrintForm):
    """A paper about one nurse's or worker's households."""

    code = RadioField(
        "보고서",
        [InputRequired()],
        choices=[SelectChoice(code.value, code.label) for code in (ReportCode.CASELOAD, ReportCode.SCHEDULE)],
    )
    account_id = SelectField("담당자", [InputRequired()], coerce=int)

    def offer_people(self, people: Sequence[Any]) -> None:
        """Let these people's households be printed."""
        self.account_id.choices = [
            SelectChoice(person.id, f"{person.title} ({person.centre.name})") for person in people
        ]
