"""What somebody decides about a case: its class, that services were linked, that it is over."""

from __future__ import annotations

from wtforms import DateField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Optional

from app.cases.rules import CaseClass, Reason, Verdict
from app.cases.service import ClassDetails, ClosureDetails
from app.households.forms.fields import CHOOSE, NOTE_LENGTH, REASON_LENGTH, at_most, radio
from app.web.forms import KoreanForm
from app.web.versions import VersionForm

WHEN = "날짜를 골라 주세요."


class ClassForm(VersionForm):
    """구분·선정: the class and why."""

    case_class = radio("구분", CaseClass, validators=[InputRequired("구분을 골라 주세요.")])
    reason = TextAreaField("구분한 까닭", [DataRequired("왜 이렇게 구분하는지 적어 주세요."), at_most(REASON_LENGTH)])
    on = DateField("선정한 날", [InputRequired(WHEN)])

    def to_details(self) -> ClassDetails:
        """What was typed, as the service wants it."""
        return ClassDetails(CaseClass(self.case_class.data), self.on.data, self.reason.data or "")


class StepForm(VersionForm):
    """A day and words: which services were linked, or why a case is over."""

    on = DateField("날짜", [InputRequired(WHEN)])
    because = TextAreaField("내용", [Optional(), at_most(REASON_LENGTH)])


class ClosureForm(VersionForm):
    """종결: the reason, and what it asks for."""

    reason = SelectField("종결 사유", choices=[], invalid_choice_message=CHOOSE)
    on = DateField("종결일", [InputRequired(WHEN)])
    goals = TextAreaField("목표 달성", [Optional(), at_most(NOTE_LENGTH)])
    note = TextAreaField("내용", [Optional(), at_most(NOTE_LENGTH)])
    attempts = TextAreaField("연락·방문 시도", [Optional(), at_most(NOTE_LENGTH)])
    recheck_on = DateField("다시 확인할 날", [Optional()])

    def offer(self, reasons: tuple[Reason, ...]) -> None:
        """The reasons that hold today."""
        self.reason.choices = [SelectChoice("", "고르기"), *(SelectChoice(each.code, each.label) for each in reasons)]

    def to_details(self) -> ClosureDetails:
        """What was typed, as the service wants it."""
        return ClosureDetails(
            self.reason.data or "", self.on.data, self.note.data or "", self.goals.data or "", self.attempts.data or "",
            self.recheck_on.data,
        )  # fmt: skip


class VerdictForm(KoreanForm):
    """결재: yes, or back with words."""

    words = TextAreaField("의견", [Optional(), at_most(REASON_LENGTH)])
    verdict = StringField("결재", [InputRequired("승인과 돌려보냄 가운데 고르세요.")])

    @property
    def chosen(self) -> Verdict | None:
        """The button that was pressed; None when it was none of the two."""
        return Verdict(self.verdict.data) if self.verdict.data in {each.value for each in Verdict} else None
