"""Forms of restricted tasks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from wtforms import (
    DateField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import DataRequired, Optional

from app.core.clock import KOREA
from app.households.forms.fields import LINE_LENGTH, NOTE_LENGTH, VersionedForm, at_most, radio
from app.safety.forms.incidents import of_our_time
from app.safety.rules import ProtectionKind
from app.safety.service import ProtectionDetails, ReportDetails
from app.web.forms import KoreanForm
from app.web.versions import VersionForm


class ProtectionForm(KoreanForm):
    """Open a restricted task."""

    kind = radio("무엇", ProtectionKind)
    member_id = SelectField("누구")
    because = TextAreaField(
        "무엇을 보거나 들었습니까", [DataRequired("무엇을 보거나 들었는지 적어 주세요."), at_most(NOTE_LENGTH)]
    )

    def offer(self, members: Sequence[Any]) -> None:
        """Let these people be chosen."""
        people = [SelectChoice(str(member.id), member.name) for member in members]
        self.member_id.choices = [SelectChoice("", "가구 전체·모름"), *people]

    def to_details(self) -> ProtectionDetails:
        """What was typed, as the service wants it."""
        member_id = int(self.member_id.data) if self.member_id.data else None
        return ProtectionDetails(ProtectionKind(self.kind.data), self.because.data, member_id=member_id)


class ReportForm(VersionForm):
    """What was done about a restricted task."""

    reported_to = StringField("신고·의뢰한 곳", [Optional(), at_most(LINE_LENGTH)])
    reported_on = DateField("신고한 날", [Optional(), of_our_time])
    reported_at = TimeField("신고한 시각", [Optional()])
    receipt_number = StringField("접수번호", [Optional(), at_most(LINE_LENGTH)])
    reporter = StringField("신고자", [Optional(), at_most(LINE_LENGTH)])
    outcome = TextAreaField("어떻게 되었습니까", [Optional(), at_most(NOTE_LENGTH)])

    def validate(self, extra_validators: Any = None) -> bool:
        """A day needs its hour, and an hour its day."""
        is_valid = bool(super().validate(extra_validators))
        if (self.reported_on.data is None) == (self.reported_at.data is None):
            return is_valid
        self.reported_at.errors = [*self.reported_at.errors, "신고한 날과 시각을 함께 적어 주세요."]
        return False

    def to_details(self) -> ReportDetails:
        """What was typed, as the service wants it."""
        at = None
        if self.reported_on.data is not None and self.reported_at.data is not None:
            at = datetime.combine(self.reported_on.data, self.reported_at.data, KOREA)
        return ReportDetails(
            self.reported_to.data or "", at, self.receipt_number.data or "", self.reporter.data or "",
            self.outcome.data or "",
        )  # fmt: skip


class NamingForm(VersionedForm):
    """Who may see a restricted task besides the supervisors of its centre."""

    staff_ids = SelectMultipleField("볼 수 있는 사람", coerce=int)

    def offer(self, colleagues: Sequence[Any], named_ids: Sequence[int]) -> None:
        """Let these people be named; whoever is named already and works elsewhere now can only be taken out."""
        known = {person.id: person.title for person in colleagues}
        gone = {key: "그만두었거나 옮긴 직원" for key in named_ids if key not in known}
        self.staff_ids.choices = [SelectChoice(key, title) for key, title in (known | gone).items()]
