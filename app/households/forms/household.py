"""A household as typed: where, how to reach it, what it lives on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from wtforms import (
    BooleanField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import Optional

from app.accounts.models import Centre
from app.households.forms.fields import (
    ADDRESS_LENGTH,
    APPROACH_LENGTH,
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
    select,
    several,
)
from app.households.models import Household
from app.households.rules import (
    NAME_UNKNOWN,
    Benefit,
    Dwelling,
    DwellingDetails,
    HealthGround,
    HouseholdDetails,
    HouseholdType,
    MemberDetails,
    Relation,
    Sex,
)
from app.households.service import as_details
from app.web.forms import KoreanForm


class DwellingForm(KoreanForm):
    """What is asked of a new household and of a known one. Field names are those of the table."""

    household_type = radio("가구 유형", HouseholdType, default=HouseholdType.SINGLE.value)
    benefits = several("수급 유형", Benefit)
    road_address = StringField("도로명주소", [Optional(), at_most(ADDRESS_LENGTH)])
    lot_address = StringField("지번주소", [Optional(), at_most(ADDRESS_LENGTH)])
    unit = StringField("동·호", [Optional(), at_most(NAME_LENGTH)])
    dwelling = select("주거 형태", Dwelling, blank="모름")
    approach = TextAreaField("찾아가는 길", [Optional(), at_most(APPROACH_LENGTH)])
    phone = StringField("전화", [Optional(), at_most(PHONE_LENGTH)])
    emergency_contact = StringField("급할 때 연락처", [Optional(), at_most(LINE_LENGTH)])
    health_ground = select("건강정보 공유 근거", HealthGround, blank="따로 정하지 않음")
    note = TextAreaField("메모", [Optional(), at_most(NOTE_LENGTH)])

    def validate_benefits(self, field: SelectMultipleField) -> None:
        """비수급 stands alone."""
        if Benefit.NONE.value in (field.data or ()) and len(field.data or ()) > 1:
            raise ValidationError("비수급은 다른 수급 유형과 함께 고를 수 없습니다.")

    def details_for(self, centre_id: int, *members: MemberDetails) -> HouseholdDetails:
        """What was typed, as the service wants it."""
        ground, kind = self.health_ground.data, self.dwelling.data
        dwelling = DwellingDetails(
            self.road_address.data or "", self.lot_address.data or "", self.unit.data or "",
            Dwelling(kind) if kind else None, self.approach.data or "",
        )  # fmt: skip
        return HouseholdDetails(
            centre_id=centre_id, dwelling=dwelling, phone=self.phone.data or "",
            emergency_contact=self.emergency_contact.data or "", household_type=HouseholdType(self.household_type.data),
            benefits=tuple(benefit for benefit in Benefit if benefit.value in (self.benefits.data or ())),
            health_ground=HealthGround(ground) if ground else None, note=self.note.data or "", members=members,
        )  # fmt: skip


class CreateForm(DwellingForm):
    """A new household with its head; further members follow on their own page."""

    centre_id = SelectField("센터", invalid_choice_message=CHOOSE)
    name = StringField("세대주 이름", [at_most(NAME_LENGTH)])
    is_nameless = BooleanField("이름을 모릅니다")
    sex = radio("성별", Sex, blank="모름", default="")
    born = BirthField("생년월일", [at_most(NAME_LENGTH)], description=BIRTH_EXAMPLES)
    confirmed = StringField("그래도 새 가구로 등록")

    def offer_centres(self, centres: Sequence[Centre]) -> None:
        """Ask for the centre only where there are several."""
        self.only_centre_id = centres[0].id if len(centres) == 1 else None
        self.centre_id.choices = [SelectChoice(str(centre.id), centre.name) for centre in centres]
        if self.only_centre_id is not None:
            del self.centre_id

    def to_details(self) -> HouseholdDetails:
        """What was typed, as the service wants it."""
        centre_id = self.only_centre_id if self.only_centre_id is not None else int(self.centre_id.data)
        return self.details_for(centre_id, self.head())

    def head(self) -> MemberDetails:
        """The first member. A typed name counts even where «이름을 모릅니다» is ticked."""
        name = self.name.data or ""
        if not name.strip() and self.is_nameless.data:
            name = NAME_UNKNOWN
        sex = Sex(self.sex.data) if self.sex.data else None
        return MemberDetails(name, Relation.HEAD, sex, self.born.born_on, self.born.born_year)

    def has_confirmed(self, households: Sequence[Household]) -> bool:
        """Whether the person has seen just these households and says that the new one is none of them."""
        seen = set((self.confirmed.data or "").split(","))
        return {str(household.id) for household in households} <= seen


class EditForm(VersionedForm, DwellingForm):
    """What is known of a household, with the version it was read from."""

    @classmethod
    def of(cls, household: Household, now: datetime) -> EditForm:
        """The form as it begins for a household."""
        return cls(data=_values_of(household) | {"version": household.version, "opened_at": now.isoformat()})

    def take(self, name: str, household: Household) -> None:
        """Let one field show what stands in the household now."""
        self[name].process(None, _values_of(household)[name])


def _values_of(household: Household) -> dict[str, Any]:
    details = as_details(household)
    return {
        "household_type": details.household_type.value,
        "benefits": [benefit.value for benefit in details.benefits],
        "road_address": details.dwelling.road_address,
        "lot_address": details.dwelling.lot_address,
        "unit": details.dwelling.unit,
        "dwelling": details.dwelling.kind.value if details.dwelling.kind else "",
        "approach": details.dwelling.approach,
        "phone": details.phone,
        "emergency_contact": details.emergency_contact,
        "health_ground": details.health_ground.value if details.health_ground else "",
        "note": details.note,
    }
