"""Forms of an item that came by no list: entering it, linking it by search, a new household, another centre."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from wtforms import BooleanField, DateField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from app.accounts.models import Centre
from app.discoveries.rules import Route
from app.discoveries.rules.entering import TYPED
from app.discoveries.service.entry import EntryDetails
from app.households.forms.fields import (
    ADDRESS_LENGTH,
    BIRTH_EXAMPLES,
    CHOOSE,
    NAME_LENGTH,
    NOTE_LENGTH,
    PHONE_LENGTH,
    BirthField,
    at_most,
    radio,
)
from app.households.models import Household
from app.households.rules import (
    NAME_UNKNOWN,
    DwellingDetails,
    HouseholdDetails,
    MemberDetails,
    Relation,
    Sex,
)
from app.web.forms import KoreanForm


class EntryForm(KoreanForm):
    """By which way, when, whom and what."""

    source = SelectField(
        "어떻게 알게 되었나요", choices=[SelectChoice("", "고르기"), *(SelectChoice(each.value, each.label) for each in TYPED)],
        validators=[InputRequired("경로를 골라 주세요.")], invalid_choice_message=CHOOSE,
    )  # fmt: skip
    received_on = DateField("알게 된 날", [InputRequired("알게 된 날을 적어 주세요.")])
    summary = TextAreaField(
        "보거나 들은 것", [InputRequired("무엇을 보거나 들었는지 적어 주세요."), at_most(NOTE_LENGTH)]
    )
    number = StringField("가구 번호", [Optional(), at_most(NAME_LENGTH)])
    centre_id = SelectField("센터", invalid_choice_message=CHOOSE)

    def offer(self, centres: Sequence[Centre]) -> None:
        """Ask for the centre only where there are several."""
        self.only_centre_id = centres[0].id if len(centres) == 1 else None
        self.centre_id.choices = [SelectChoice(str(centre.id), centre.name) for centre in centres]
        if self.only_centre_id is not None:
            del self.centre_id

    def to_details(self, household: Household | None) -> EntryDetails:
        """What was typed, as the service wants it; call after `validate`."""
        centre_id = self.only_centre_id if self.only_centre_id is not None else int(self.centre_id.data)
        received_on: date | None = self.received_on.data
        if received_on is None:
            raise ValueError("validate first")
        return EntryDetails(centre_id, Route(self.source.data), received_on, self.summary.data or "", household)


class FoundHouseholdForm(KoreanForm):
    """The little that is known of a household that is not on record."""

    name = StringField("세대주 이름", [at_most(NAME_LENGTH)])
    is_nameless = BooleanField("이름을 모릅니다")
    sex = radio("성별", Sex, blank="모름", default="")
    born = BirthField("생년월일", [at_most(NAME_LENGTH)], description=BIRTH_EXAMPLES)
    phone = StringField("전화", [Optional(), at_most(PHONE_LENGTH)])
    road_address = StringField("도로명주소", [Optional(), at_most(ADDRESS_LENGTH)])
    unit = StringField("동·호", [Optional(), at_most(NAME_LENGTH)])
    confirmed = StringField("그래도 새 가구로 등록")

    def to_details(self, centre_id: int) -> HouseholdDetails:
        """What was typed, as the service wants it. A typed name counts even where «이름을 모릅니다» is ticked."""
        typed = (self.name.data or "").strip()
        name = typed or (NAME_UNKNOWN if self.is_nameless.data else "")
        sex = Sex(self.sex.data) if self.sex.data else None
        head = MemberDetails(name, Relation.HEAD, sex, self.born.born_on, self.born.born_year)
        dwelling = DwellingDetails(self.road_address.data or "", unit=self.unit.data or "")
        return HouseholdDetails(centre_id, dwelling, phone=self.phone.data or "", members=(head,))

    def has_confirmed(self, households: Sequence[Household]) -> bool:
        """Whether the person has seen just these households and says that the new one is none of them."""
        seen = set((self.confirmed.data or "").split(","))
        return {str(household.id) for household in households} <= seen


class HandOverForm(KoreanForm):
    """Which centre an item belongs to."""

    centre_id = SelectField("어느 센터로", [InputRequired("센터를 골라 주세요.")], invalid_choice_message=CHOOSE)

    def offer(self, centres: Sequence[Centre]) -> None:
        """Let one of these be chosen."""
        choices = [SelectChoice(str(centre.id), centre.name) for centre in centres]
        self.centre_id.choices = [SelectChoice("", "고르기"), *choices]
