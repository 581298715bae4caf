"""Forms of lists: the file as it comes in, and what a person decides about a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, IntegerField, SelectChoice, SelectField, StringField
from wtforms.validators import Length, Optional

from app.households.forms.fields import CHOOSE
from app.web.forms import KoreanForm


class ImportForm(KoreanForm):
    """A list to take in."""

    file = FileField("명단 파일", [FileRequired(message="올릴 파일을 골라 주세요.")])
    title = StringField("명단 이름", [Optional(), Length(max=100)])
    round_id = SelectField("차수", invalid_choice_message=CHOOSE)
    centre_id = SelectField("행정동이 없는 줄을 받을 센터", validate_choice=True)
    by_hand = BooleanField("칸을 직접 짝지어 주기")

    def offer_centres(self, centres: Sequence[Any]) -> None:
        """Let somebody of the 시군구 choose who takes rows without 행정동; at a centre it is the own one."""
        if len(centres) < 2:
            del self.centre_id
            return
        named = [SelectChoice(str(centre.id), centre.name) for centre in centres]
        self.centre_id.choices = [SelectChoice("", "고르지 않음"), *named]

    def offer_rounds(self, rounds: Sequence[Any], *, chosen: int | None = None) -> None:
        """Let them choose among the rounds that are open, the newest first, or none; `chosen` is filled in."""
        named = [SelectChoice(str(each.id), f"{each.title} ({each.source.label})") for each in rounds]
        self.round_id.choices = [SelectChoice("", "차수 없음"), *named]
        offered = {each.id for each in rounds}
        if not self.is_submitted():
            self.round_id.data = str(chosen) if chosen in offered else ""

    def chosen_round(self) -> int | None:
        """Id of the chosen round."""
        return int(self.round_id.data) if self.round_id.data else None

    def chosen_centre(self) -> int | None:
        """Id of the chosen centre."""
        return int(self.centre_id.data) if self.centre_id and self.centre_id.data else None


class DecisionForm(KoreanForm):
    """Which of the candidates is meant, where that matters."""

    household_id = IntegerField(validators=[Optional()])


class ListRoundForm(KoreanForm):
    """The round a list that came by itself belongs to."""

    round_id = IntegerField("차수", validators=[Optional()])
    rounds: Sequence[Any] = ()
    """Those to choose among."""

    @classmethod
    def offering(cls, rounds: Sequence[Any]) -> ListRoundForm:
        """The form as it begins, with the newest round chosen."""
        form = cls(formdata=None)
        form.rounds = rounds
        return form
