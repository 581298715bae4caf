"""Planning a conference: which, when, where, who comes; and putting cases on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import (
    DateField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
    ValidationError,
)
from wtforms.validators import InputRequired, Optional

from app.conferences.models import Conference
from app.conferences.rules import Attendee, Candidate, ConferenceKind, Matter, people_of, unclear
from app.conferences.service import ConferenceDetails
from app.households.forms.fields import CHOOSE, LINE_LENGTH, NOTE_LENGTH, at_most, radio, select
from app.web.forms import KoreanForm

NOBODY = "목록에 없는 사람입니다.%(value).0s"


class Seats:
    """Mixed into a form that has `staff` and `others`: who sits there."""

    people: dict[str, Attendee]

    def offer_staff(self, staff: Iterable[Any]) -> None:
        """Let these accounts be ticked."""
        seated = list(staff)
        self.people = {str(each.id): _of_staff(each) for each in seated}
        choices = [SelectChoice(str(each.id), each.title) for each in seated]
        self.staff.choices = choices  # type: ignore[attr-defined]

    def seated(self) -> tuple[Attendee, ...]:
        """Those who were ticked, then the people of other agencies."""
        ticked = tuple(self.people[key] for key in self.staff.data or () if key in self.people)  # type: ignore[attr-defined]
        return ticked + people_of(self.others.data or "")  # type: ignore[attr-defined]


def _of_staff(account: Any) -> Attendee:
    office = account.centre.name if account.centre else account.district.name
    return Attendee(account.name, f"{office} {account.role.label}", account.id)


def whole_lines(_form: Any, field: Any) -> None:
    """Refuse lines that do not say where somebody comes from."""
    if names := unclear(people_of(field.data or "")):
        raise ValidationError(f"어느 기관에서 왔는지 쉼표 뒤에 적어 주세요: {', '.join(names)}")


class ConferenceForm(Seats, KoreanForm):
    """A new conference."""

    centre = SelectField("여는 센터", choices=[], invalid_choice_message=CHOOSE)
    kind = radio("회의", ConferenceKind, validators=[InputRequired("어떤 회의인지 골라 주세요.")])
    held_on = DateField("회의일", [InputRequired("회의하는 날을 골라 주세요.")])
    began = TimeField("시작", [Optional()])
    place = StringField("장소", [Optional(), at_most(LINE_LENGTH)])
    staff = SelectMultipleField("우리 직원", choices=[], invalid_choice_message=NOBODY)
    others = TextAreaField("다른 기관에서 오는 사람", [Optional(), at_most(NOTE_LENGTH), whole_lines])

    def offer_centres(self, centres: Sequence[Any]) -> None:
        """Let one of these hold it."""
        self.centre.choices = [SelectChoice(str(each.id), each.name) for each in centres]

    def to_details(self) -> ConferenceDetails:
        """What was typed, as the service wants it."""
        return ConferenceDetails(
            int(self.centre.data), ConferenceKind(self.kind.data), self.held_on.data, self.began.data,
            self.place.data or "", self.seated(),
        )  # fmt: skip


class AgendaForm(KoreanForm):
    """Cases to be put on an agenda."""

    cases = SelectMultipleField("안건으로 올릴 사례", choices=[], validators=[InputRequired("안건을 하나 이상 골라 주세요.")],
                                invalid_choice_message="목록에 없는 사례입니다. 다시 골라 주세요.%(value).0s")  # fmt: skip

    def offer(self, candidates: Iterable[Candidate]) -> None:
        """Let these be ticked."""
        self.cases.choices = [SelectChoice(str(each.case_id), each.title) for each in candidates]

    @property
    def case_ids(self) -> list[int]:
        """The cases that were ticked."""
        return [int(key) for key in self.cases.data or ()]


class PutOnForm(KoreanForm):
    """One case before one of the conferences to come."""

    conference = RadioField("어느 회의", choices=[], validators=[InputRequired("회의를 골라 주세요.")],
                            invalid_choice_message=CHOOSE)  # fmt: skip
    matter = select("무엇을", Matter)

    def offer(self, conferences: Iterable[Conference]) -> None:
        """Let one of these be chosen; the first one is, unless somebody chose."""
        self.conference.choices = [SelectChoice(str(each.id), _named(each)) for each in conferences]
        if self.conference.data is None and self.conference.choices:
            self.conference.data = self.conference.choices[0].value


def _named(conference: Conference) -> str:
    at = f" {conference.began:%H:%M}" if conference.began else ""
    return f"{conference.kind.label} {conference.held_on.isoformat()}{at}"


class AddendumForm(KoreanForm):
    """What is put right after the minutes were confirmed."""

    text = TextAreaField("덧붙이는 글", [InputRequired("무엇을 바로잡는지 적어 주세요."), at_most(NOTE_LENGTH)])
