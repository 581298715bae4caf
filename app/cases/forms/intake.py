"""Taking a household in as a case, and putting the intake right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wtforms import DateField, SelectChoice, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from app.accounts.models import Account
from app.cases.rules import Route
from app.cases.service import CaseDetails
from app.households.forms.fields import CHOOSE, NOTE_LENGTH, at_most, select
from app.web.versions import VersionForm


class IntakeForm(VersionForm):
    """Since when, by which way, why, and who carries it."""

    intake_on = DateField("접수일", [InputRequired("접수한 날을 골라 주세요.")])
    route = select("발굴 경로", Route, blank="고르기", validators=[InputRequired("경로를 골라 주세요.")])
    reason = TextAreaField("접수 사유", [DataRequired("왜 사례로 접수하는지 적어 주세요."), at_most(NOTE_LENGTH)])
    target_groups = SelectMultipleField(
        "우선 대상", choices=[], invalid_choice_message="목록에 없는 대상입니다.%(value).0s"
    )
    keeper = SelectField("사례 담당", choices=[], invalid_choice_message=CHOOSE)

    def offer(self, groups: Mapping[str, str], keepers: Iterable[Account]) -> None:
        """What can be chosen on this day, in this centre."""
        self.target_groups.choices = [SelectChoice(code, label) for code, label in groups.items()]
        people = [SelectChoice(str(each.id), each.title) for each in keepers]
        self.keeper.choices = [SelectChoice("", "가구의 복지담당"), *people]

    def to_details(self) -> CaseDetails:
        """What was typed, as the service wants it."""
        return CaseDetails(
            self.intake_on.data, self.route.data or "", self.reason.data or "", tuple(self.target_groups.data or ()),
            int(self.keeper.data) if self.keeper.data else None,
        )  # fmt: skip
