"""The forms of the medicine list: add or change, end."""

from __future__ import annotations

from datetime import date

from wtforms import DateField, StringField
from wtforms.validators import DataRequired, InputRequired, Optional

from app.care.rules import MedicineDetails
from app.households.forms.fields import LINE_LENGTH, at_most
from app.web.forms import KoreanForm

NAME_NEEDED = "약 이름을 적어 주세요. 모르면 모양이나 쓰임을 적습니다."


class MedicineForm(KoreanForm):
    """One medicine; changing it keeps the line before."""

    name = StringField("약 이름", [DataRequired(NAME_NEEDED), at_most(LINE_LENGTH)])
    dose = StringField("용량", [Optional(), at_most(LINE_LENGTH)])
    how = StringField("먹는 법", [Optional(), at_most(LINE_LENGTH)])
    prescribed_by = StringField("처방한 곳", [Optional(), at_most(LINE_LENGTH)])
    since_on = DateField("언제부터", [Optional()])
    because = StringField("바뀐 까닭", [Optional(), at_most(LINE_LENGTH)])

    def to_details(self) -> MedicineDetails:
        """What was typed, as the service wants it."""
        name, dose, how, place = (field.data or "" for field in (self.name, self.dose, self.how, self.prescribed_by))
        return MedicineDetails(name, dose, how, place, self.since_on.data)


class EndMedicineForm(KoreanForm):
    """Since when a medicine is taken no longer, and why."""

    on = DateField("언제부터 안 드심", [InputRequired("날짜를 골라 주세요.")])
    because = StringField("까닭", [DataRequired("먹지 않는 까닭을 적어 주세요."), at_most(LINE_LENGTH)])

    @classmethod
    def beginning(cls, today: date) -> EndMedicineForm:
        """The form as it begins."""
        return cls(data={"on": today})
