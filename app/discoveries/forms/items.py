"""Forms of an item: one try to reach somebody, what became of them, and the supervisor's words."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from wtforms import DateField, HiddenField, SelectChoice, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Optional

from app.core.clock import KOREA
from app.core.errors import RuleBroken
from app.discoveries.rules import ItemOutcome
from app.discoveries.service import Closing, OutcomeLacks, TryDetails
from app.follow_ups.rules import ContactMode
from app.households.forms.fields import CHOOSE, NAME_LENGTH, NOTE_LENGTH, REASON_LENGTH, at_most, radio
from app.web.forms import KoreanForm
from app.web.versions import VersionForm


class TryForm(KoreanForm):
    """One try, with the id under which it is stored, so that a second tap stores no second one."""

    try_id = HiddenField()
    mode = radio("어떻게 해 보았나요", ContactMode, validators=[InputRequired(message="무엇을 했는지 골라 주세요.")])
    on = DateField("날짜", validators=[InputRequired(message="날짜를 적어 주세요.")])
    at = TimeField("시각", validators=[InputRequired(message="시각을 적어 주세요.")])
    try_note = TextAreaField("짧은 메모", [Optional(), at_most(REASON_LENGTH)])

    @classmethod
    def beginning(cls, now: datetime) -> TryForm:
        """Empty but for today and now."""
        here = now.astimezone(KOREA)
        time = here.time().replace(second=0, microsecond=0)
        return cls(data={"try_id": str(uuid4()), "on": here.date(), "at": time}, formdata=None)

    def to_details(self) -> TryDetails:
        """What was typed, as the service wants it."""
        on, at = self.on.data, self.at.data
        assert on is not None  # noqa: S101  (validated)
        assert at is not None  # noqa: S101
        moment = datetime.combine(on, at, KOREA)
        return TryDetails(
            _id_of(self.try_id.data), ContactMode(self.mode.data), moment, (self.try_note.data or "").strip()
        )


class OutcomeForm(VersionForm):
    """What became of somebody, drawn from one version of the item."""

    outcome = SelectField(
        "처리 결과", choices=[SelectChoice("", "고르지 않음"), *(SelectChoice(each.value, each.label) for each in ItemOutcome)],
        validators=[InputRequired(message="결과를 골라 주세요.")], invalid_choice_message=CHOOSE,
    )  # fmt: skip
    note = TextAreaField("내용", [Optional(), at_most(NOTE_LENGTH)])
    recheck_on = DateField("다시 확인할 날", [Optional()])

    def to_closing(self) -> Closing:
        """What was typed, as the service wants it; a version that is none counts as an old one."""
        return Closing(ItemOutcome(self.outcome.data), self.note.data or "", self.recheck_on.data, self.opened_version)

    def show(self, broken: RuleBroken) -> None:
        """Everything an outcome lacks, each at its field."""
        if not isinstance(broken, OutcomeLacks):
            return super().show(broken)
        for problem in broken.problems:
            super().show(problem)
        return None


class SendBackForm(KoreanForm):
    """What is to be done before it can be approved."""

    because = StringField(
        "돌려보내는 까닭", [InputRequired(message="무엇을 더 해야 하는지 적어 주세요."), at_most(REASON_LENGTH)]
    )


class LinkItemForm(KoreanForm):
    """Which household is meant, by our own number."""

    number = StringField("가구 번호", [InputRequired(message="가구 번호를 적어 주세요."), at_most(NAME_LENGTH)])


def _id_of(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        return uuid4()
