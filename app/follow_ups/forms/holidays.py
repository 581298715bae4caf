"""Forms of days off: add one, work on one, and what a file holds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, HiddenField, RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from app.core.text import normalise
from app.follow_ups.rules import HolidayKind
from app.follow_ups.rules.holiday_changes import LONGEST_NAME, LONGEST_NOTE, DayChange, DayVerb, spoken_day
from app.follow_ups.rules.holiday_files import FileRow, RowFate
from app.follow_ups.rules.holiday_years import YearDay
from app.web.forms import KoreanForm

KINDS = [SelectChoice(kind.value, kind.label) for kind in HolidayKind]


class DayForm(KoreanForm):
    """A change of one day, previewed before it is made."""

    def change(self) -> DayChange:
        """What is to be done; only once the form is valid."""
        raise NotImplementedError

    def typed(self) -> list[tuple[str, str]]:
        """What was sent, field by field, to travel with the preview."""
        return [(field.name, field.raw_data[0]) for field in self if field.type != "CSRFTokenField" and field.raw_data]


class AddDayForm(DayForm):
    """A day off that the public list does not have."""

    on = DateField("날짜", [InputRequired()])
    name = StringField("이름", [InputRequired(), Length(max=LONGEST_NAME)])
    kind = RadioField("구분", [InputRequired()], choices=KINDS, default=HolidayKind.TEMPORARY.value)
    note = StringField("근거", [Optional(), Length(max=LONGEST_NOTE)])

    def change(self) -> DayChange:
        """The day to be added."""
        name, note = normalise(self.name.data or ""), normalise(self.note.data or "")
        return DayChange(DayVerb.ADD, self.on.data, name, HolidayKind(self.kind.data), note)


class TakeDayForm(DayForm):
    """A public holiday on which the agency works."""

    on = SelectField("공휴일", [InputRequired()], coerce=str)
    note = StringField("까닭", [InputRequired(), Length(max=LONGEST_NOTE)])

    def offer(self, days: Iterable[YearDay]) -> None:
        """Let one of these days be chosen."""
        named = [SelectChoice(day.on.isoformat(), f"{day.on.year}년 {spoken_day(day.on)} {day.name}") for day in days]
        self.on.choices = [SelectChoice("", "고르기"), *named]

    def change(self) -> DayChange:
        """The day to be worked."""
        return DayChange(DayVerb.TAKE, date.fromisoformat(self.on.data), note=normalise(self.note.data or ""))


class UndoForm(KoreanForm):
    """Nothing but the wish to put a day back."""


class HolidayFileForm(KoreanForm):
    """A file of days off."""

    file = FileField("휴무일 파일", [FileRequired(message="올릴 파일을 골라 주세요.")])
    otherwise = SelectField("구분이 비어 있는 줄은", choices=KINDS, default=HolidayKind.TEMPORARY.value)


class FoundDaysForm(KoreanForm):
    """The days of a file that were seen and are to be added."""

    days = HiddenField()

    def keep(self, rows: Iterable[FileRow]) -> None:
        """Carry the rows that can be added through the page."""
        changes = [row.change for row in rows if row.fate is RowFate.ADD]
        self.days.data = json.dumps([_packed(change) for change in changes], ensure_ascii=False)

    def changes(self) -> Sequence[DayChange]:
        """The days as they were carried; none when what came back is not what was sent."""
        try:
            return [_unpacked(*each) for each in json.loads(self.days.data or "[]")]
        except (TypeError, ValueError, RecursionError):
            return ()


def _packed(change: DayChange) -> list[str]:
    return [change.on.isoformat(), change.name, change.kind.value if change.kind else "", change.note]


def _unpacked(on: Any, name: Any, kind: Any, note: Any) -> DayChange:
    if not isinstance(name, str) or not isinstance(note, str):
        raise TypeError
    return DayChange(DayVerb.ADD, date.fromisoformat(on), name, HolidayKind(kind), note)
