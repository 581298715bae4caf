"""취소 as typed on the doorstep: one tap for the reason, words only where no tap says it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from wtforms import DateField, HiddenField, RadioField, SelectChoice, StringField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Length, Optional

from app.core.clock import KOREA
from app.follow_ups.rules import Purpose
from app.visits.forms.problems import show_problems
from app.visits.rules import LINE_TEXT_LIMIT, NOTE_LIMIT, Problem
from app.visits.rules.cancelling import CancelDetails, CancelReason, PlanAnswer
from app.web.forms import KoreanForm


class CancellingForm(KoreanForm):
    """A visit that was begun and did not take place."""

    visit_id = HiddenField()
    typed_at = HiddenField()
    reason = RadioField(
        "왜 하지 못했습니까", [InputRequired()], choices=[SelectChoice(each.value, each.label) for each in CancelReason]
    )
    note = StringField("덧붙일 말", [Optional(), Length(max=LINE_TEXT_LIMIT)])
    occurred_on = DateField("날짜", [InputRequired()])
    at = TimeField("시각", [Optional()])
    field_notes = TextAreaField("현장 메모", [Optional(), Length(max=NOTE_LIMIT)])
    plan = RadioField(
        "잡아 둔 일정은", [Optional()], choices=[SelectChoice(each.value, each.label) for each in PlanAnswer]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions: list[Problem] = []

    @property
    def answer(self) -> PlanAnswer:
        """What becomes of the plan; it stays where nothing was said."""
        return PlanAnswer(self.plan.data) if self.plan.data else PlanAnswer.KEEP

    def to_details(self, visit_id: UUID, household_id: int, purpose: Purpose, **written: str) -> CancelDetails:
        """What was typed; `written` are the notes of the record that was begun."""
        on = self.occurred_on.data
        return CancelDetails(
            visit_id=visit_id,
            household_id=household_id,
            occurred_on=on,
            reason=CancelReason(self.reason.data),
            purpose=purpose,
            at=datetime.combine(on, self.at.data, KOREA) if self.at.data else None,
            note=self.note.data or "",
            field_notes=self.field_notes.data or "",
            **written,
        )

    def show_all(self, problems: Sequence[Problem]) -> None:
        """Bring what the rules found to the fields it is about."""
        names = ("occurred_on", "at", "note", "field_notes")
        show_problems(self, problems, {name: self[name] for name in names})
