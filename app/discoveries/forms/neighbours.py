"""What somebody without an account writes on the public page."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import SelectChoice, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Optional

from app.accounts.models import Centre
from app.discoveries.rules.neighbours import Sign
from app.discoveries.service.neighbours import ReportDetails
from app.households.forms.fields import ADDRESS_LENGTH, NAME_LENGTH, PHONE_LENGTH, at_most, several
from app.web.forms import KoreanForm

SEEN_LENGTH = 1000
UNSURE = "D"
"""Begins the value of «모름», which names the 시군구."""


class NeighbourForm(KoreanForm):
    """What was seen, where, and perhaps by whom."""

    signs = several("무엇을 보셨나요?", Sign)
    seen = TextAreaField("더 하실 말씀", [at_most(SEEN_LENGTH)])
    centre = SelectField("어느 동네인가요?", [DataRequired("동네를 골라 주세요. 모르면 «모르겠어요»를 고르세요.")],
                         invalid_choice_message="동네를 다시 골라 주세요.")  # fmt: skip
    place = StringField("어디인가요?", [DataRequired("어디인지 적어 주세요."), at_most(ADDRESS_LENGTH)])
    reporter_name = StringField("이름", [Optional(), at_most(NAME_LENGTH)])
    reporter_phone = StringField("전화번호", [Optional(), at_most(PHONE_LENGTH)])
    website = StringField("이 칸은 비워 두세요", [Optional()])
    """Nobody sees it; programs that fill every field fill it."""
    centres: Sequence[Centre] = ()

    def offer(self, centres: Sequence[Centre]) -> None:
        """Let one of these be chosen, or that one does not know."""
        self.centres = centres
        names = {centre.district_id: centre.district.name for centre in centres}
        several_districts = len(names) > 1
        known = [
            SelectChoice(str(each.id), f"{each.district.name} {each.dong}" if several_districts else each.dong)
            for each in centres
        ]
        unsure = [
            SelectChoice(f"{UNSURE}{key}", f"{name}, 동네는 모르겠어요" if several_districts else "모르겠어요")
            for key, name in names.items()
        ]  # fmt: skip
        self.centre.choices = [SelectChoice("", "고르세요"), *known, *unsure]

    def validate_seen(self, field: TextAreaField) -> None:
        """Something must have been seen: ticked or told."""
        if not self.signs.data and not (field.data or "").strip():
            raise ValidationError("보신 것을 하나 이상 고르거나 적어 주세요.")

    @property
    def is_filled_by_a_program(self) -> bool:
        return bool((self.website.data or "").strip())

    def to_details(self) -> ReportDetails:
        """What was typed, as the service wants it; call after `validate`."""
        chosen = self.centre.data or ""
        ticked = tuple(sign for sign in Sign if sign.value in (self.signs.data or ()))
        return ReportDetails(
            self._centre_id(chosen), self.place.data or "", self.seen.data or "", ticked,
            self.reporter_name.data or "", self.reporter_phone.data or "", is_sure=not chosen.startswith(UNSURE),
        )  # fmt: skip

    def _centre_id(self, chosen: str) -> int:
        """The chosen centre; of a 동 nobody knows the one the address names, or else the first of the 시군구."""
        if not chosen.startswith(UNSURE):
            return int(chosen)
        district = [each for each in self.centres if f"{UNSURE}{each.district_id}" == chosen]
        typed = "".join((self.place.data or "").split())
        named = (each for each in district if each.dong in typed)
        return next(named, min(district, key=lambda each: each.id)).id
