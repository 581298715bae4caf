"""Registration in a programme, and discharge."""

from __future__ import annotations

from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from app.care_groups.rules import DischargeReason, Programme
from app.care_groups.service import DischargeDetails, RegistrationDetails
from app.households.forms.fields import LINE_LENGTH, NOTE_LENGTH, REASON_LENGTH, at_most, radio
from app.web.forms import KoreanForm


class RegistrationForm(KoreanForm):
    """Into which programme, since when; `twice_because` where the person is in another one."""

    programme = radio("사업", Programme, validators=[InputRequired("사업을 골라 주세요.")])
    registered_on = DateField("등록일", [InputRequired("등록한 날을 골라 주세요.")])
    twice_because = StringField("함께 등록하는 까닭", [Optional(), at_most(REASON_LENGTH)])
    note = StringField("덧붙임", [Optional(), at_most(LINE_LENGTH)])

    def to_details(self) -> RegistrationDetails:
        """What was typed, as the service wants it."""
        return RegistrationDetails(
            Programme(self.programme.data), self.registered_on.data, self.note.data or "", self.twice_because.data or ""
        )


class DischargeForm(KoreanForm):
    """Why, and the last day."""

    reason = radio("퇴록 사유", DischargeReason, validators=[InputRequired("사유를 골라 주세요.")])
    on = DateField("퇴록일", [InputRequired("퇴록하는 날을 골라 주세요.")])
    note = TextAreaField("내용", [Optional(), at_most(NOTE_LENGTH)])

    def to_details(self) -> DischargeDetails:
        """What was typed, as the service wants it."""
        return DischargeDetails(DischargeReason(self.reason.data), self.on.data, self.note.data or "")
