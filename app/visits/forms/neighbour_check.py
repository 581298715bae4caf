"""이웃·관리소 확인: what somebody next door said, in one field."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from wtforms import DateField, HiddenField, TextAreaField, TimeField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.core.clock import KOREA
from app.follow_ups.rules import ContactMode, Purpose
from app.visits.forms.problems import show_problems
from app.visits.rules import NOTE_LIMIT, Problem, VisitDetails
from app.web.forms import KoreanForm


class NeighbourCheckForm(KoreanForm):
    """Whom one asked and what they said; it reaches nobody of the household."""

    visit_id = HiddenField()
    typed_at = HiddenField()
    said = TextAreaField("누가 무엇이라고 했습니까", [DataRequired(), Length(max=NOTE_LIMIT)])
    occurred_on = DateField("날짜", [InputRequired()])
    at = TimeField("시각", [Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions: list[Problem] = []

    def to_details(self, visit_id: UUID, household_id: int, purpose: Purpose) -> VisitDetails:
        """What was typed, as the service wants it."""
        on = self.occurred_on.data
        return VisitDetails(
            visit_id=visit_id,
            household_id=household_id,
            occurred_on=on,
            mode=ContactMode.NEIGHBOUR,
            purpose=purpose,
            began_at=datetime.combine(on, self.at.data, KOREA) if self.at.data else None,
            welfare_note=self.said.data,
        )

    def show_all(self, problems: Sequence[Problem]) -> None:
        """Bring what the rules found to the fields it is about."""
        places = {"occurred_on": self.occurred_on, "began_at": self.at, "welfare_note": self.said}
        show_problems(self, problems, places)
