"""A nurse's decision about a care group, beside the proposal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import DateField, RadioField, SelectChoice, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Optional

from app.care_groups.rules import Criterion
from app.care_groups.service import GroupDetails
from app.follow_ups.rules import CareGroup
from app.households.forms.fields import REASON_LENGTH, at_most
from app.web.forms import KoreanForm, SentBackField


class GroupForm(KoreanForm):
    """What the nurse found herself, the group, from when and why. `accepted` holds the group of the one-tap button."""

    said = SelectMultipleField("확인한 것", validate_choice=True)
    group = RadioField(
        "군", [Optional()], choices=[SelectChoice(group.value, group.label) for group in CareGroup],
        invalid_choice_message="군을 골라 주세요.",
    )  # fmt: skip
    from_on = DateField("언제부터", [InputRequired("시작하는 날을 골라 주세요.")])
    reason = StringField("까닭", [Optional(), at_most(REASON_LENGTH)])
    last_id = SentBackField()

    def offer(self, criteria: Sequence[Criterion]) -> None:
        """Let these questions be answered."""
        self.said.choices = [SelectChoice(each.code, each.label) for each in criteria]

    @property
    def chosen(self) -> CareGroup | None:
        """The group that was chosen, None when none was."""
        return CareGroup(self.group.data) if self.group.data in {each.value for each in CareGroup} else None

    def to_details(self, chosen: CareGroup) -> GroupDetails:
        """What was typed, as the service wants it."""
        last: Any = self.last_id.data or ""
        return GroupDetails(
            chosen, self.from_on.data, self.reason.data or "", frozenset(self.said.data or ()),
            int(last) if str(last).isdecimal() else None,
        )  # fmt: skip
