"""The forms of the problem list: add, rate, describe, close, open again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from wtforms import DateField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Optional

from app.care.forms.problem_part import steps_of
from app.care.queries import omaha
from app.care.rules import ProblemKind, Rated
from app.care.service import ProblemDetails
from app.households.forms.fields import LINE_LENGTH, NOTE_LENGTH, REASON_LENGTH, at_most
from app.web.forms import KoreanForm
from app.web.versions import VersionForm

CHOOSE = "하나를 골라 주세요."


def _scale(code: str) -> RadioField:
    scale = omaha().scales[code]
    return RadioField(scale.label, [Optional()], choices=steps_of(code), invalid_choice_message=CHOOSE)


class RateForm(VersionForm):
    """How a problem stands on a day."""

    knowledge = _scale("knowledge")
    behaviour = _scale("behaviour")
    status = _scale("status")
    rated_on = DateField("평가한 날", [InputRequired("평가한 날을 골라 주세요.")])
    note = StringField("덧붙임", [Optional(), at_most(LINE_LENGTH)])

    def to_rated(self, problem_id: int) -> Rated:
        """What was chosen; a scale nobody chose is missing."""
        steps = (int(field.data) if field.data else None for field in (self.knowledge, self.behaviour, self.status))
        knowledge, behaviour, status = steps
        return Rated(problem_id, knowledge, behaviour, status, self.note.data or "")


class DescribeForm(VersionForm):
    """What the problem shows itself by, in own words."""

    signs = TextAreaField("징후와 내용", [Optional(), at_most(NOTE_LENGTH)])


class CloseProblemForm(VersionForm):
    """Why a problem is closed."""

    because = StringField("종결하는 까닭", [DataRequired("종결하는 까닭을 적어 주세요."), at_most(REASON_LENGTH)])


class AddProblemForm(KoreanForm):
    """One of the 42 problems, whose it is, and what it shows itself by."""

    code = RadioField("문제", [InputRequired("문제를 하나 골라 주세요.")], invalid_choice_message=CHOOSE)
    member_id = SelectField("누구의 문제", invalid_choice_message=CHOOSE)
    signs = TextAreaField("징후와 내용", [Optional(), at_most(NOTE_LENGTH)])
    opened_on = DateField("언제부터", [InputRequired("날짜를 골라 주세요.")])

    @classmethod
    def beginning(cls, kinds: Iterable[ProblemKind], members: Sequence[Any], today: date) -> AddProblemForm:
        """The form with what may be added for whom."""
        form = cls(data={"opened_on": today, "member_id": str(members[0].id) if len(members) == 1 else ""})
        form.code.choices = [SelectChoice(kind.code, kind.label) for kind in kinds]
        people = [SelectChoice(str(member.id), member.name) for member in members]
        form.member_id.choices = [SelectChoice("", "가구 전체"), *people]
        return form

    def to_details(self) -> ProblemDetails:
        """What was typed, as the service wants it."""
        member_id = int(self.member_id.data) if self.member_id.data else None
        return ProblemDetails(self.code.data, member_id, self.signs.data or "", self.opened_on.data)
