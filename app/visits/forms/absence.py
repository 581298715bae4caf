"""부재 as typed in front of a closed door: few taps, no keyboard needed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Length, Optional

from app.core.clock import KOREA
from app.follow_ups.rules import ContactMode, Purpose
from app.visits.forms.problems import show_problems
from app.visits.rules import LINE_TEXT_LIMIT, NOTE_LIMIT, AbsenceDetails, Problem, Tried
from app.web.forms import KoreanForm

VAIN = (ContactMode.ABSENT, ContactMode.NO_ANSWER)


class AbsenceForm(KoreanForm):
    """Nobody was met: what was tried, what was left behind."""

    visit_id = HiddenField()
    typed_at = HiddenField()
    mode = RadioField(
        "무엇이었습니까", [InputRequired()], choices=[SelectChoice(mode.value, mode.label) for mode in VAIN]
    )
    purpose = RadioField(
        "무슨 일로", [InputRequired()], choices=[SelectChoice(each.value, each.label) for each in Purpose]
    )
    tried = SelectMultipleField("해 본 것", choices=[SelectChoice(way.value, way.label) for way in Tried])
    occurred_on = DateField("날짜", [InputRequired()])
    at = TimeField("시각", [Optional()])
    notice_left = BooleanField("안내문을 두고 왔습니다")
    neighbour_asked = StringField("이웃·관리소에 물어본 것", [Optional(), Length(max=LINE_TEXT_LIMIT)])
    note = TextAreaField("메모", [Optional(), Length(max=NOTE_LIMIT)])
    stays_out = BooleanField("아직 문 앞에 있습니다")
    """Submitting ends the outing unless this is ticked; it is no part of the record."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions: list[Problem] = []

    def to_details(self, visit_id: UUID, household_id: int) -> AbsenceDetails:
        """What was typed, as the service wants it."""
        on = self.occurred_on.data
        return AbsenceDetails(
            visit_id=visit_id,
            household_id=household_id,
            occurred_on=on,
            at=datetime.combine(on, self.at.data, KOREA) if self.at.data else None,
            purpose=Purpose(self.purpose.data),
            mode=ContactMode(self.mode.data),
            tried=frozenset(Tried(way) for way in self.tried.data or ()),
            notice_left=bool(self.notice_left.data),
            neighbour_asked=self.neighbour_asked.data or "",
            note=self.note.data or "",
        )

    def show_all(self, problems: Sequence[Problem]) -> None:
        """Bring what the rules found to the fields it is about."""
        show_problems(self, problems, {name: self[name] for name in ("mode", "tried", "occurred_on", "at", "note")})
