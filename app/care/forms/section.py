"""The part of care on a visit form: picks, ratings and medicines as named fields, so that a draft keeps each of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from wtforms import Form, FormField, SelectChoice, SelectField, SelectMultipleField, StringField
from wtforms.i18n import get_translations
from wtforms.validators import Length, Optional

from app.care.forms.medicine_part import MedicinePart, medicine_part
from app.care.forms.problem_part import ProblemPart
from app.care.queries import NOT_TIED
from app.care.rules import CareDetails, Done, Pick
from app.care.rules.offer import CareOffer
from app.web.forms import bind_text

LINE = 200
BY_ITSELF = ""
NOTE_ALONE = "한 일을 고르거나 덧붙인 말을 지워 주세요."


class CareSection(Form):
    """«한 일», problems and medicines of one visit. `care_section(offer)` adds the fields of what is offered."""

    class Meta:
        def get_translations(self, form: Any) -> Any:
            return get_translations(["ko"])

        bind_field = bind_text

    done = SelectMultipleField("한 일")
    offer: CareOffer

    def show(self, offer: CareOffer) -> None:
        """Let these picks be chosen, be tied to these problems, and these problems be rated."""
        self.offer = offer
        self.done.choices = [SelectChoice(pick.code, pick.label) for pick in offer.picks]
        ties = [SelectChoice(str(each.id), each.title) for each in offer.problems]
        for pick in offer.picks:
            choices = [SelectChoice(BY_ITSELF, "맞는 문제에"), *ties, SelectChoice(str(NOT_TIED), "묶지 않음")]
            self[f"about_{pick.code}"].choices = choices
        for problem in offer.problems:
            self[f"p{problem.id}"].form.last = problem.last
        for person in offer.people:
            self[f"m{person.member_id}"].form.show(person)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether every part fits; a note beside nothing is not dropped but asked about."""
        fits = bool(super().validate(extra_validators))
        for _pick, note in self._unticked_notes():
            note.errors = [*note.errors, NOTE_ALONE]
            fits = False
        return fits

    def _unticked_notes(self) -> Iterator[tuple[Pick, Any]]:
        for pick in self.offer.picks:
            note = self[f"note_{pick.code}"]
            if pick.code not in (self.done.data or ()) and (note.data or "").strip():
                yield pick, note

    def problem(self, problem_id: int) -> ProblemPart:
        """The part of one problem."""
        part: ProblemPart = self[f"p{problem_id}"].form
        return part

    def medicines_of(self, member_id: int) -> MedicinePart:
        """The part of one member's medicines."""
        part: MedicinePart = self[f"m{member_id}"].form
        return part

    def to_care(self) -> CareDetails:
        """What was typed, as the service wants it; call after `validate`."""
        ratings = (self.problem(each.id).to_rated(each.id) for each in self.offer.problems)
        checks = (self.medicines_of(each.member_id).to_checked(each) for each in self.offer.people)
        return CareDetails(
            tuple(self._done()),
            tuple(each for each in ratings if each is not None),
            tuple(each for each in checks if each is not None),
        )

    def _done(self) -> Iterator[Done]:
        for pick in self.offer.picks:
            if pick.code in (self.done.data or ()):
                about, note = self[f"about_{pick.code}"].data, self[f"note_{pick.code}"].data
                yield Done(pick.code, int(about) if about else None, (note or "").strip())


def care_section(offer: CareOffer) -> Any:
    """The form class (a `CareSection`) of what is offered."""
    return _section(
        frozenset(pick.code for pick in offer.picks),
        tuple(each.id for each in offer.problems),
        tuple((each.member_id, tuple(m.id for m in each.medicines)) for each in offer.people),
        offer.changes_list,
    )


@lru_cache(maxsize=256)
def _section(
    codes: frozenset[str], problem_ids: tuple[int, ...], people: tuple[tuple[int, tuple[int, ...]], ...], changes: bool
) -> type[CareSection]:
    parts: dict[str, Any] = {}
    for code in sorted(codes):
        parts[f"about_{code}"] = SelectField("무엇을 위해", [Optional()], default=BY_ITSELF)
        parts[f"note_{code}"] = StringField("덧붙임", [Optional(), Length(max=LINE)])
    parts |= {f"p{problem_id}": FormField(ProblemPart, label="") for problem_id in problem_ids}
    for member_id, medicine_ids in people:
        parts[f"m{member_id}"] = FormField(medicine_part(medicine_ids if changes else ()), label="")
    return type("CareSection", (CareSection,), parts)


def typed_care(care: CareDetails) -> dict[str, Any]:
    """A stored record's care as its section begins."""
    typed: dict[str, Any] = {"done": [each.target for each in care.done]}
    for done in care.done:
        typed[f"about_{done.target}"] = str(done.problem_id if done.problem_id is not None else BY_ITSELF)
        typed[f"note_{done.target}"] = done.note
    for rated in care.ratings:
        values = zip(("knowledge", "behaviour", "status"), rated.values, strict=True)
        typed[f"p{rated.problem_id}"] = {name: str(value) for name, value in values} | {"note": rated.note}
    for checked in care.checks:
        typed[f"m{checked.member_id}"] = dict(checked.answers)
    return typed
