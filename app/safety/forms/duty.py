"""One line of a phone tree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import Optional

from app.households.forms.fields import NAME_LENGTH, PHONE_LENGTH, at_most
from app.safety.rules import DutyDetails
from app.web.forms import KoreanForm

NOBODY = 0


class DutyForm(KoreanForm):
    """One of the staff, or an office outside, and the number to call."""

    account_id = SelectField("직원", coerce=int, default=NOBODY)
    title = StringField("기관·이름", [Optional(), at_most(NAME_LENGTH)])
    phone = StringField("전화번호", [Optional(), at_most(PHONE_LENGTH)])

    def offer(self, colleagues: Sequence[Any]) -> None:
        """Let these people be chosen, or nobody of them."""
        people = [SelectChoice(each.id, each.title) for each in colleagues]
        self.account_id.choices = [SelectChoice(NOBODY, "직원 아님 (밖의 기관)"), *people]

    def to_details(self) -> DutyDetails:
        """What was typed, as the service wants it."""
        return DutyDetails(self.title.data or "", self.phone.data or "", self.account_id.data or None)
