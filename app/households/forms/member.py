"""A member as typed, and a member who leaves."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from wtforms import DateField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from app.households.forms.fields import (
    BIRTH_EXAMPLES,
    CHOOSE,
    LINE_LENGTH,
    NAME_LENGTH,
    NOTE_LENGTH,
    PHONE_LENGTH,
    BirthField,
    VersionedForm,
    at_most,
    radio,
    spoken_birth,
)
from app.households.models import Member
from app.households.rules import MemberDetails, Relation, Sex
from app.households.service import as_member_details
from app.web.forms import KoreanForm

REASONS = ("전출", "사망", "시설 입소", "혼인·분가", "기타")
DAY_NEEDED = "날짜를 골라 주세요."


class MemberForm(VersionedForm):
    """One person of a household. Field names are those of the table, `born` stands for both birth columns."""

    name = StringField("이름", [at_most(NAME_LENGTH)])
    relation = radio("세대주와의 관계", Relation)
    sex = radio("성별", Sex, blank="모름", default="")
    born = BirthField("생년월일", [at_most(NAME_LENGTH)], description=BIRTH_EXAMPLES)
    phone = StringField("전화", [Optional(), at_most(PHONE_LENGTH)])
    note = TextAreaField("메모", [Optional(), at_most(NOTE_LENGTH)])

    @classmethod
    def of(cls, member: Member, now: datetime) -> MemberForm:
        """The form as it begins for a member."""
        return cls(data=_values_of(member) | {"version": member.household.version, "opened_at": now.isoformat()})

    def take(self, name: str, member: Member) -> None:
        """Let one field show what stands in the member now."""
        field = "born" if name.startswith("birth_") else name
        self[field].process(None, _values_of(member)[field])

    def to_details(self) -> MemberDetails:
        """What was typed, as the service wants it."""
        return MemberDetails(
            name=self.name.data or "", relation=Relation(self.relation.data),
            sex=Sex(self.sex.data) if self.sex.data else None, birth_on=self.born.born_on,
            birth_year=self.born.born_year, phone=self.phone.data or "", note=self.note.data or "",
        )  # fmt: skip


def _values_of(member: Member) -> dict[str, Any]:
    details = as_member_details(member)
    return {
        "name": details.name,
        "relation": details.relation.value,
        "sex": details.sex.value if details.sex else "",
        "born": spoken_birth(details.birth_on, details.birth_year),
        "phone": details.phone,
        "note": details.note,
    }


class LeavingForm(KoreanForm):
    """Since when somebody no longer belongs to the household, and why."""

    on = DateField("빠진 날", [InputRequired(DAY_NEEDED)])
    because = RadioField("사유", choices=[SelectChoice(reason) for reason in REASONS], invalid_choice_message=CHOOSE)
    words = StringField("내용", [Optional(), at_most(LINE_LENGTH)])

    def to_reason(self) -> str:
        """The chosen word with what was added to it."""
        words = (self.words.data or "").strip()
        return f"{self.because.data} ({words})" if words else str(self.because.data)

    @classmethod
    def beginning(cls, today: date) -> LeavingForm:
        """The form as it begins: today."""
        return cls(data={"on": today})
