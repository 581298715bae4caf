"""Fields that several forms of a household share: choices of closed lists, a tolerant birth date, free text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from wtforms import (
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.validators import Length

from app.core import clock
from app.core.labelled import Labelled
from app.core.text import BirthDateError, normalise, parse_birth_date
from app.web.forms import SentBackField
from app.web.versions import VersionForm

NAME_LENGTH = 60
PHONE_LENGTH = 40
ADDRESS_LENGTH = 200
LINE_LENGTH = 200
APPROACH_LENGTH = 500
REASON_LENGTH = 500
NOTE_LENGTH = 2000
BIRTH_EXAMPLES = "예: 1942. 3. 5. · 420305 · 해만 알면 1942"
BIRTH_ADVICE = "1942. 3. 5.처럼 해를 네 자리로 적어 주세요."
CHOOSE = "하나를 골라 주세요."
OLDEST_YEARS = 120
LONG_AGO = datetime(2000, 1, 1, tzinfo=clock.KOREA)
_YEAR_ALONE = re.compile(r"(\d{4})\s*년?\s*(?:생)?")


def at_most(letters: int) -> Length:
    """No more letters than fit; the page counts them while typing and cuts nothing off."""
    return Length(max=letters, message=f"{letters:,}자까지 쓸 수 있습니다. 줄여서 다시 저장해 주세요.")


def choices_of(labels: Iterable[Labelled], *, blank: str | None = None) -> list[SelectChoice]:
    """A closed list as choices, with an empty one in front where `blank` says what it means."""
    first = [] if blank is None else [SelectChoice("", blank)]
    return [*first, *(SelectChoice(label.value, label.label) for label in labels)]


def select(label: str, labels: Iterable[Labelled], *, blank: str | None = None, **more: Any) -> SelectField:
    """A drop-down of a closed list."""
    return SelectField(label, choices=choices_of(labels, blank=blank), invalid_choice_message=CHOOSE, **more)


def radio(label: str, labels: Iterable[Labelled], *, blank: str | None = None, **more: Any) -> RadioField:
    """Chips of a closed list, one of which holds."""
    return RadioField(label, choices=choices_of(labels, blank=blank), invalid_choice_message=CHOOSE, **more)


def several(label: str, labels: Iterable[Labelled]) -> SelectMultipleField:
    """Chips of a closed list, any of which may hold."""
    message = "목록에 없는 값입니다. 다시 골라 주세요.%(value).0s"
    return SelectMultipleField(label, choices=choices_of(labels), invalid_choice_message=message)


class BirthField(StringField):
    """A date of birth as people write it, or the year alone; read into `born_on` and `born_year`."""

    reads_resident_numbers = True
    """The figure after the hyphen tells the century; nothing else of the number is looked at or stored."""
    born_on: date | None = None
    born_year: int | None = None

    def pre_validate(self, form: Any) -> None:
        text, today = normalise(self.data or ""), clock.today()
        if not text:
            return
        if match := _YEAR_ALONE.fullmatch(text):
            self.born_year = _believable(int(match[1]), today)
            return
        try:
            self.born_on = parse_birth_date(text, today=today)
        except BirthDateError as error:
            raise ValidationError(f"{error}. {BIRTH_ADVICE}") from None
        self.born_year = self.born_on.year


def _believable(year: int, today: date) -> int:
    if not today.year - OLDEST_YEARS <= year <= today.year:
        raise ValidationError(f"{year}년은 태어난 해로 볼 수 없습니다. {BIRTH_ADVICE}")
    return year


def spoken_birth(birth_on: date | None, birth_year: int | None) -> str:
    """A birth date as the field begins: «1942-03-05», the year alone, or nothing."""
    return birth_on.isoformat() if birth_on else str(birth_year or "")


class VersionedForm(VersionForm):
    """A form that knows besides when it was drawn."""

    opened_at = SentBackField()

    @property
    def opened(self) -> datetime:
        """When the form was opened; nonsense is long ago, so that every change since is shown."""
        try:
            moment = datetime.fromisoformat(self.opened_at.data or "")
        except ValueError:
            return LONG_AGO
        return moment if moment.tzinfo else LONG_AGO

    def open_again(self, version: int, now: datetime) -> None:
        """Let the form be sent once more over the version that its person has now seen."""
        self.version.data, self.opened_at.data = str(version), now.isoformat()
