"""One problem on a visit form: one tap says how it stands, two more lines where knowledge or behaviour changed."""

from __future__ import annotations

from typing import Any

from wtforms import Form, RadioField, SelectChoice, StringField
from wtforms.i18n import get_translations
from wtforms.validators import Length, Optional

from app.care.queries import omaha
from app.care.rules import HIGHEST, LOWEST, Rated
from app.web.forms import bind_text

SAME = "SAME"
NOT_RATED = ""
FIRST_TIME = "처음 평가하는 문제입니다. 지식·행동·상태를 모두 골라 주세요."
NOTE_ALONE = "평가를 고르거나 적은 말을 지워 주세요."


def steps_of(scale: str) -> list[SelectChoice]:
    """«1 아주 심함» … «5 없음»."""
    words = omaha().scales[scale]
    return [SelectChoice(str(step), f"{step} {words.word(step)}") for step in range(LOWEST, HIGHEST + 1)]


def rated(scale: str, *first: SelectChoice) -> RadioField:
    """A scale as chips."""
    return RadioField(omaha().scales[scale].label, [Optional()], choices=[*first, *steps_of(scale)], default=NOT_RATED)


class ProblemPart(Form):
    """Status, knowledge and behaviour of one problem."""

    class Meta:
        def get_translations(self, form: Any) -> Any:
            return get_translations(["ko"])

        bind_field = bind_text

    status = rated("status", SelectChoice(NOT_RATED, "평가 안 함"), SelectChoice(SAME, "그대로"))
    knowledge = rated("knowledge", SelectChoice(NOT_RATED, "그대로"))
    behaviour = rated("behaviour", SelectChoice(NOT_RATED, "그대로"))
    note = StringField("평가에 덧붙임", [Optional(), Length(max=200)])
    last: tuple[int, int, int] | None = None

    def to_rated(self, problem_id: int) -> Rated | None:
        """What was tapped, the rest as it was last; None when nothing was."""
        if not self._is_touched():
            return None
        steps = (_step(self.knowledge.data), _step(self.behaviour.data), _step(self.status.data))
        return Rated(problem_id, *steps, note=(self.note.data or "").strip()).completed(self.last)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether it fits; a problem without an earlier rating needs all three scales."""
        if not super().validate(extra_validators):
            return False
        if not self._is_touched():
            return self._refuse(NOTE_ALONE) if (self.note.data or "").strip() else True
        found = self.to_rated(0)
        return self._refuse(FIRST_TIME) if found is None or found.missing else True

    def _is_touched(self) -> bool:
        return any(field.data for field in (self.status, self.knowledge, self.behaviour))

    def _refuse(self, text: str) -> bool:
        self.status.errors = [*self.status.errors, text]
        return False


def _step(value: str | None) -> int | None:
    return int(value) if value and value.isdecimal() else None
