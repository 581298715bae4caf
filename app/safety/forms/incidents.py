"""안전사고 as it is told at the door, and as it is made whole at a desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from wtforms import DateField, HiddenField, SelectChoice, SelectField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Optional, ValidationError

from app.core.clock import KOREA
from app.households.forms.fields import NOTE_LENGTH, VersionedForm, at_most, radio, several
from app.safety.rules import Called, IncidentAccount, IncidentKind, IncidentReport
from app.web.forms import KoreanForm

FIRST_YEAR = 2000


def of_our_time(_form: Any, field: Any) -> None:
    """A day on which something can have happened to somebody who works here."""
    if field.data is not None and field.data.year < FIRST_YEAR:
        raise ValidationError(f"{FIRST_YEAR}년보다 앞선 날은 적을 수 없습니다.")


class _Told:
    """What both forms ask."""

    kind = radio("무슨 일이었습니까", IncidentKind, validators=[InputRequired("무슨 일이었는지 골라 주세요.")])
    hurt = SelectField(
        "다쳤습니까", choices=[SelectChoice("no", "아니요"), SelectChoice("yes", "예, 다쳤습니다")], default="no"
    )
    called = several("전화한 곳", Called)
    on = DateField("날짜", [InputRequired("날짜를 적어 주세요."), of_our_time])
    at = TimeField("시각", [InputRequired("시각을 적어 주세요.")])
    what = TextAreaField("있었던 일", [Optional(), at_most(NOTE_LENGTH)])

    @property
    def occurred_at(self) -> datetime:
        """The moment that was typed, on a Korean clock."""
        on: Any = self.on.data
        return datetime.combine(on, self.at.data, KOREA)

    @property
    def called_whom(self) -> tuple[Called, ...]:
        return tuple(Called(each) for each in self.called.data or ())


class IncidentForm(_Told, KoreanForm):
    """Half a minute at the door: two taps suffice."""

    incident_id = HiddenField()
    next = HiddenField()
    account_id = SelectField("누구에게 있었습니까", coerce=int)

    def offer(self, colleagues: Sequence[Any], own_id: int | None) -> None:
        """It happened to oneself, unless another of these is chosen."""
        others = [SelectChoice(each.id, each.title) for each in colleagues if each.id != own_id]
        self.account_id.choices = [SelectChoice(own_id, "나"), *others]

    def to_report(self, incident_id: UUID) -> IncidentReport:
        """What was told, as the service wants it."""
        return IncidentReport(
            incident_id, IncidentKind(self.kind.data), self.occurred_at, is_hurt=self.hurt.data == "yes",
            called=self.called_whom, what=self.what.data or "", account_id=self.account_id.data,
        )  # fmt: skip


class CompletionForm(_Told, VersionedForm):
    """The rest, without haste: what happened, and what was done about it."""

    measures = TextAreaField("조치", [Optional(), at_most(NOTE_LENGTH)])

    def to_account(self) -> IncidentAccount:
        """What was written, as the service wants it."""
        return IncidentAccount(
            IncidentKind(self.kind.data), self.occurred_at, is_hurt=self.hurt.data == "yes", called=self.called_whom,
            what=self.what.data or "", measures=self.measures.data or "",
        )  # fmt: skip
