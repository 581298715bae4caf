"""Choose a paper: which, about whom, what for, and how much of a person it shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length

from app.reports.rules import (
    DEFAULT_MASKING,
    EmptyWord,
    EntryGround,
    Masking,
    Purpose,
    ReportCode,
    SheetForm,
    SheetWishes,
)
from app.safety.rules import MOST_MONTHS, months_of
from app.web.forms import KoreanForm

FIRST_YEAR, LAST_YEAR = 2000, 2100
OWN_SHEET = "OWN"
"""Each record on the form of whoever made it."""


class PurposeForm(KoreanForm):
    """What for: nothing is printed without a purpose."""

    purpose = RadioField(
        "출력 목적", [InputRequired()], choices=[SelectChoice(each.value, each.label) for each in Purpose]
    )


class PrintForm(PurposeForm):
    """What for, and how much of a person."""

    masking = RadioField(
        "가림 수준",
        [InputRequired()],
        choices=[SelectChoice(each.value, each.label) for each in Masking],
        default=DEFAULT_MASKING.value,
    )

    def without_full(self) -> None:
        """Take 전체 away from those who may not print it."""
        self.masking.choices = [SelectChoice(each.value, each.label) for each in Masking if each is not Masking.FULL]

    def without_statistics(self) -> None:
        """Take 통계용 away: what is left of such a paper serves nobody."""
        self.masking.choices = [each for each in self.masking.choices if each.value != Masking.STATISTICS.value]


class EntrySheetForm(PrintForm):
    """The urgent entry request: on what ground, in whose words."""

    ground = RadioField(
        "근거", [InputRequired()], choices=[SelectChoice(each.value, each.label) for each in EntryGround]
    )
    ground_words = TextAreaField("무엇을 보고 그렇게 판단했습니까", [InputRequired(), Length(max=500)])


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


class CentreForm(PurposeForm):
    """Counts of one centre, or of all of them."""

    centre_id = SelectField("센터", coerce=int)

    def offer(self, centres: Sequence[Any]) -> None:
        """Let one of these be chosen, or all of them where there are several."""
        everywhere = [SelectChoice(0, "모든 센터")] if len(centres) > 1 else []
        self.centre_id.choices = [*everywhere, *(SelectChoice(each.id, each.name) for each in centres)]
        if self.centre_id.data not in {choice.value for choice in self.centre_id.choices} and not self.is_submitted():
            self.centre_id.data = self.centre_id.choices[0].value if self.centre_id.choices else None


class RoundReportForm(CentreForm):
    """Which round's figures."""

    round_id = SelectField("차수", [InputRequired()], coerce=int)

    def offer_rounds(self, rounds: Sequence[Any]) -> None:
        """Let one of these rounds be chosen."""
        self.round_id.choices = [SelectChoice(each.id, f"{each.title} ({each.source.label})") for each in rounds]


class PeriodReportForm(CentreForm):
    """Counts from one day to another, both included."""

    first_on = DateField("언제부터", [InputRequired()])
    last_on = DateField("언제까지", [InputRequired()])

    def validate_last_on(self, field: Any) -> None:
        """The right way round, and of our time."""
        first_on, last_on = self.first_on.data, field.data
        if first_on is None or last_on is None:
            return
        if first_on.year < FIRST_YEAR or last_on.year > LAST_YEAR or last_on < first_on:
            raise ValidationError("언제부터와 언제까지를 다시 확인해 주세요.")


class IncidentReportForm(PeriodReportForm):
    """Counts of incidents by month: no more months than stand beside each other."""

    def validate_last_on(self, field: Any) -> None:
        """As every period, and not too long."""
        super().validate_last_on(field)
        first_on, last_on = self.first_on.data, field.data
        if first_on is None or last_on is None:
            return
        if len(months_of(first_on, last_on)) > MOST_MONTHS:
            raise ValidationError(f"한 장에 {MOST_MONTHS}달까지 담습니다. 기간을 나누어 주세요.")


class VisitSheetForm(PrintForm):
    """방문기록지: on which form, and what an empty field says."""

    sheet = RadioField(
        "서식",
        [InputRequired()],
        choices=[
            SelectChoice(OWN_SHEET, "기록한 사람의 서식"),
            *(SelectChoice(each.value, each.heading) for each in SheetForm),
        ],
        default=OWN_SHEET,
    )
    empty = RadioField(
        "빈 칸에는",
        [InputRequired()],
        choices=[SelectChoice(each.value, each.label) for each in EmptyWord],
        default=EmptyWord.NONE.value,
    )

    photos = BooleanField("사진도 넣기")

    def wishes(self) -> SheetWishes:
        """What was chosen."""
        chosen = None if self.sheet.data == OWN_SHEET else SheetForm(self.sheet.data)
        return SheetWishes(chosen, EmptyWord(self.empty.data), with_photos=bool(self.photos.data))


class VisitSheetsForm(VisitSheetForm):
    """Several records in one file."""

    visits = SelectMultipleField("방문", [InputRequired("출력할 방문을 하나 이상 골라 주세요.")])

    def offer(self, visits: Sequence[Any]) -> None:
        """Let these records be ticked."""
        self.visits.choices = [SelectChoice(str(visit.id), visit.household.title) for visit in visits]


class OfficialForm(PrintForm):
    """An official form: what an empty box of it says."""

    empty = RadioField(
        "빈 칸에는",
        [InputRequired()],
        choices=[SelectChoice(each.value, each.label) for each in EmptyWord],
        default=EmptyWord.NONE.value,
    )


class BlankFormForm(KoreanForm):
    """An official form to be filled in by hand; nobody stands on it."""

    blank = SelectField("빈 서식", [InputRequired()])

    def offer(self, codes: Iterable[ReportCode]) -> None:
        """Let one of these forms be chosen."""
        self.blank.choices = [SelectChoice(code.value, code.label) for code in codes]


class BlankSheetForm(KoreanForm):
    """A sheet to be filled in by hand; nobody stands on it."""

    blank = SelectField("빈 서식", choices=[SelectChoice(each.value, each.heading) for each in SheetForm])
