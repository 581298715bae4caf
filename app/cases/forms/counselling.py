"""초기상담: the first talk as it is typed."""

from __future__ import annotations

from typing import Any

from wtforms import DateField, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from app.cases.rules import CounsellingWay, Route
from app.cases.service import CounsellingDetails
from app.households.forms.fields import LINE_LENGTH, NOTE_LENGTH, at_most, radio, select
from app.web.forms import SentBackField
from app.web.versions import VersionForm


def _text(label: str) -> TextAreaField:
    return TextAreaField(label, [Optional(), at_most(NOTE_LENGTH)])


class CounsellingForm(VersionForm):
    """When, how and with whom; what the person said; how they live; what they were told. `visit_id` names the draft."""

    visit_id = HiddenField()
    typed_at = HiddenField()
    from_visit = SentBackField()
    counselled_on = DateField("상담일", [InputRequired("상담한 날을 골라 주세요.")])
    way = radio("방법", CounsellingWay, validators=[InputRequired("방법을 골라 주세요.")])
    route = select("발굴 경로", Route, blank="고르기", validators=[Optional()])
    with_whom = StringField("상담한 사람", [Optional(), at_most(LINE_LENGTH)])
    complaint = TextAreaField("주 호소", [InputRequired("무엇을 어려워하시는지 적어 주세요."), at_most(NOTE_LENGTH)])
    family = _text("가족과 관계")
    housing = _text("주거")
    income = _text("소득과 지출")
    health = _text("건강")
    told = _text("안내한 내용")
    measures = _text("조치와 다음에 할 일")

    def to_details(self, *, health: str | None = None) -> CounsellingDetails:
        """What was typed, as the service wants it; `health` stands in where the reader must not see that field."""
        texts: dict[str, Any] = {
            name: self[name].data or ""
            for name in ("route", "with_whom", "complaint", "family", "housing", "income", "told", "measures")
        }
        shown = (self.health.data or "") if health is None else health
        return CounsellingDetails(self.counselled_on.data, CounsellingWay(self.way.data), health=shown, **texts)
