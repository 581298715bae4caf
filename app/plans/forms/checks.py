"""A check of a service, its end, and how far a goal was reached."""

from __future__ import annotations

from uuid import UUID

from wtforms import DateField, HiddenField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from app.households.forms.fields import CHOOSE, REASON_LENGTH, at_most, choices_of
from app.plans.rules import TEXT_LIMIT, GoalReach
from app.plans.service import CheckDetails
from app.web.forms import KoreanForm

YES, NO, UNASKED = "yes", "no", ""


class BeginForm(KoreanForm):
    """Why a plan is made anew; a first one needs no reason."""

    because = StringField("왜 계획을 바꿉니까", [at_most(TEXT_LIMIT)])


class CheckForm(KoreanForm):
    """Is it given as planned, is the person content, what else."""

    check_id = HiddenField()
    visit_id = HiddenField()
    checked_on = DateField("점검한 날", [InputRequired("점검한 날을 적어 주세요.")])
    is_given = RadioField(
        "계획대로 제공됩니까", [InputRequired(CHOOSE)], choices=[SelectChoice(YES, "예"), SelectChoice(NO, "아니요")]
    )
    is_satisfied = RadioField(
        "본인이 만족합니까",
        [Optional()],
        choices=[SelectChoice(UNASKED, "안 물음"), SelectChoice(YES, "만족"), SelectChoice(NO, "불만족")],
        default=UNASKED,
    )
    note = TextAreaField("내용", [Optional(), at_most(REASON_LENGTH)])

    def to_details(self, fresh_id: UUID) -> CheckDetails:
        """What was typed, as the service wants it; `fresh_id` where the page had none. Call after `validate`."""
        satisfied = {YES: True, NO: False}.get(self.is_satisfied.data or "")
        if self.checked_on.data is None:
            raise ValueError("validate first")
        return CheckDetails(
            _uuid(self.check_id.data) or fresh_id, self.checked_on.data, self.is_given.data == YES, satisfied, self.note.data or "",
            _uuid(self.visit_id.data),
        )  # fmt: skip


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


class EndServiceForm(KoreanForm):
    """Why a service is given no more."""

    on = DateField("마지막 날", [InputRequired("마지막 날을 적어 주세요.")])
    because = TextAreaField("끝내는 까닭", [InputRequired("왜 끝내는지 적어 주세요."), at_most(REASON_LENGTH)])


class ReachForm(KoreanForm):
    """How far a goal was reached."""

    reach = SelectField("어떻게 되었습니까", choices=choices_of(GoalReach), invalid_choice_message=CHOOSE)
    note = TextAreaField("내용", [Optional(), at_most(REASON_LENGTH)])
