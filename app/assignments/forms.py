"""Handing households over, as typed. What is wrong with it in the field's own terms is said by `service`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from wtforms import (
    DateField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Optional

from app.accounts.models import Account
from app.assignments.rules import Duty
from app.core.keys import key_typed
from app.households.forms import QueryForm, at_most
from app.households.models import Household
from app.web.forms import KoreanForm

ALL, SOME = "all", "some"
NOBODY = "none"
REASON_LENGTH = 200
DAY_NEEDED = "날짜를 골라 주세요."
PERSON_NEEDED = "사람을 골라 주세요."


class FromForm(QueryForm):
    """Whose households, in which duty: stands in the address."""

    duty = SelectField("담당", choices=[SelectChoice(duty.value, duty.label) for duty in Duty])
    who = SelectField("누구에게서")

    def offer(self, holders: Sequence[Account]) -> None:
        """Let these people, or nobody, be chosen."""
        self.who.choices = [
            SelectChoice(NOBODY, "담당 없는 가구"), *(SelectChoice(str(one.id), one.title) for one in holders)
        ]  # fmt: skip

    @property
    def chosen_duty(self) -> Duty:
        """방문간호사 unless something else was chosen."""
        return Duty(self.duty.data) if self.duty.data else Duty.NURSE


class HandOverForm(KoreanForm):
    """Which of somebody's households go to whom, and why."""

    which = RadioField(
        "어느 가구를", choices=[SelectChoice(ALL, "모두"), SelectChoice(SOME, "고른 가구만")], default=SOME
    )
    household_ids = SelectMultipleField("가구", coerce=int, validate_choice=False)
    account_id = SelectField(
        "누구에게", validators=[InputRequired(PERSON_NEEDED)], invalid_choice_message=PERSON_NEEDED
    )
    reason = StringField("까닭", [DataRequired("담당을 바꾸는 까닭을 적어 주세요."), at_most(REASON_LENGTH)])
    confirmed = HiddenField()

    def offer(self, people: Sequence[Account]) -> None:
        """Let these people receive."""
        self.account_id.choices = [
            SelectChoice("", "골라 주세요"), *(SelectChoice(str(one.id), one.title) for one in people)
        ]  # fmt: skip

    def validate_household_ids(self, field: SelectMultipleField) -> None:
        """At least one household."""
        if self.which.data == SOME and not field.data:
            raise ValidationError("가구를 하나 이상 골라 주세요.")

    def chosen(self, held: Sequence[Household]) -> list[Household]:
        """Those of `held` that go; a household that changed hands meanwhile is not among them."""
        wanted = set(self.household_ids.data or ())
        return [household for household in held if self.which.data == ALL or household.id in wanted]


class HouseholdForm(KoreanForm):
    """Both duties of one household."""

    nurse = SelectField(Duty.NURSE.label)
    worker = SelectField(Duty.WORKER.label)
    from_on = DateField("언제부터", [InputRequired(DAY_NEEDED)])
    reason = StringField("까닭", [Optional(), at_most(REASON_LENGTH)])

    @classmethod
    def of(cls, household: Household, today: date) -> HouseholdForm:
        """The form as it begins: those who stand, from today."""
        return cls(
            data={"nurse": str(household.nurse_id or ""), "worker": str(household.worker_id or ""), "from_on": today}
        )

    def offer(self, nurses: Sequence[Account], workers: Sequence[Account]) -> None:
        """Let these people be chosen."""
        for field, people in ((self.nurse, nurses), (self.worker, workers)):
            field.choices = [SelectChoice("", "없음"), *(SelectChoice(str(one.id), one.title) for one in people)]

    def wanted(self, people: Sequence[Account]) -> dict[Duty, Account | None]:
        """Who shall hold which duty."""
        by_id = {str(one.id): one for one in people}
        return {Duty.NURSE: by_id.get(self.nurse.data), Duty.WORKER: by_id.get(self.worker.data)}


class UndoForm(KoreanForm):
    """To whom households go back; `none` is nobody."""

    back_to = HiddenField()

    @property
    def account_id(self) -> int | None:
        """The account, or None for nobody."""
        return key_typed(self.back_to.data) or None


class CoverForm(KoreanForm):
    """대직: who is away, who covers, from when to when."""

    absent_id = SelectField("쉬는 사람", validators=[InputRequired(PERSON_NEEDED)])
    covered_by_id = SelectField("대직하는 사람", validators=[InputRequired(PERSON_NEEDED)])
    from_on = DateField("시작하는 날", [InputRequired(DAY_NEEDED)])
    until_on = DateField("끝나는 날", [InputRequired(DAY_NEEDED)])
    reason = StringField("사유", [DataRequired("사유를 적어 주세요."), at_most(REASON_LENGTH)])

    def offer(self, people: Sequence[Account]) -> None:
        """Let these people be chosen on both sides."""
        choices = [SelectChoice("", "골라 주세요"), *(SelectChoice(str(one.id), one.title) for one in people)]
        self.absent_id.choices = self.covered_by_id.choices = choices
