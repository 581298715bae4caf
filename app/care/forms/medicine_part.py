"""One member's medicines on a visit form: one tap confirms the list, the five points are chips, a change opens."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from wtforms import Form, RadioField, SelectChoice, StringField
from wtforms.i18n import get_translations
from wtforms.validators import Length, Optional

from app.care.rules import POINTS, ChangeOf, Checked, ListAnswer, MedicineChange, MedicineDetails
from app.care.rules.offer import OfferedPerson
from app.web.forms import bind_text

LINE = 200
FIVE_POINTS = tuple(point for point in POINTS if point != "list")
UNSAID = ""
HOW_NEEDED = "지금 어떻게 드시는지 적어 주세요."
CHANGE_NEEDED = "무엇이 바뀌었는지 고르거나 적은 말을 지워 주세요."
NAME_NEEDED = "약 이름을 적어 주세요. 모르면 모양이나 쓰임을 적습니다."
BOTH = "«그대로 복용 중»과 바뀐 약이 함께 있습니다. 하나만 남겨 주세요."


def _point(point: str) -> RadioField:
    label, answers = POINTS[point]
    choices = [SelectChoice(UNSAID, "안 물음"), *(SelectChoice(each.value, each.label) for each in answers)]
    return RadioField(label, [Optional()], choices=choices, default=UNSAID)


class MedicinePart(Form):
    """The list, the five points, and one new medicine; `medicine_part` adds each medicine of the list."""

    class Meta:
        def get_translations(self, form: Any) -> Any:
            return get_translations(["ko"])

        bind_field = bind_text

    list = _point("list")
    names = _point("names")
    missed = _point("missed")
    left = _point("left")
    doubles = _point("doubles")
    effects = _point("effects")
    new_name = StringField("새로 드시는 약", [Optional(), Length(max=LINE)])
    new_dose = StringField("용량", [Optional(), Length(max=LINE)])
    new_how = StringField("먹는 법", [Optional(), Length(max=LINE)])
    medicine_ids: tuple[int, ...] = ()

    def show(self, person: OfferedPerson) -> None:
        """Say of somebody without medicines that there are none."""
        if not person.medicines:
            self.list.choices = [
                SelectChoice(UNSAID, "안 물음"),
                SelectChoice(ListAnswer.SAME.value, "드시는 약 없음"),
                SelectChoice(ListAnswer.CHANGED.value, "약을 드심"),
            ]

    @property
    def points(self) -> Iterator[Any]:
        """The fields of the five points."""
        return (self[point] for point in FIVE_POINTS)

    def to_checked(self, person: OfferedPerson) -> Checked | None:
        """What was asked and what changed; None when nothing was."""
        answers = {point: self[point].data for point in POINTS if self[point].data}
        changes, begun = tuple(self._changes()), tuple(self._begun())
        return Checked(person.member_id, answers, changes, begun) if answers or changes or begun else None

    def _changes(self) -> Iterator[MedicineChange]:
        for medicine_id in self.medicine_ids:
            change, how = self[f"c{medicine_id}"].data, self[f"h{medicine_id}"].data
            if change:
                yield MedicineChange(medicine_id, ChangeOf(change), (how or "").strip())

    def _begun(self) -> Iterator[MedicineDetails]:
        name, dose, how = ((self[f"new_{part}"].data or "").strip() for part in ("name", "dose", "how"))
        if name:
            yield MedicineDetails(name, dose, how)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether it fits; a word beside nothing is not dropped but asked about."""
        found = [bool(super().validate(extra_validators)), *(self._fits(each) for each in self.medicine_ids)]
        if not (self.new_name.data or "").strip() and any(
            (self[n].data or "").strip() for n in ("new_dose", "new_how")
        ):
            found.append(_refuse(self.new_name, NAME_NEEDED))
        if all(found) and self.list.data == ListAnswer.SAME and (any(self._changes()) or any(self._begun())):
            found.append(_refuse(self.list, BOTH))
        return all(found)

    def _fits(self, medicine_id: int) -> bool:
        change, how = self[f"c{medicine_id}"], self[f"h{medicine_id}"]
        typed = (how.data or "").strip()
        if change.data == ChangeOf.OTHERWISE and not typed:
            return _refuse(how, HOW_NEEDED)
        return _refuse(change, CHANGE_NEEDED) if typed and not change.data else True


def _refuse(field: Any, text: str) -> bool:
    field.errors = [*field.errors, text]
    return False


@lru_cache(maxsize=256)
def medicine_part(medicine_ids: tuple[int, ...]) -> type[MedicinePart]:
    """The part with what may become of each of these medicines."""
    fields: dict[str, Any] = {"medicine_ids": medicine_ids}
    choices = [SelectChoice(UNSAID, "그대로"), *(SelectChoice(each.value, each.label) for each in ChangeOf)]
    for medicine_id in medicine_ids:
        fields[f"c{medicine_id}"] = RadioField("바뀐 것", [Optional()], choices=choices, default=UNSAID)
        fields[f"h{medicine_id}"] = StringField("지금 먹는 법", [Optional(), Length(max=LINE)])
    return type("MedicinePart", (MedicinePart,), fields)
