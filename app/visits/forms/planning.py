"""A visit as it is planned, moved and cancelled: one tap on a slot, and a reason where something changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from typing import Any, Protocol
from uuid import UUID

from wtforms import HiddenField, RadioField, SelectChoice, SelectField, StringField, ValidationError
from wtforms.validators import Length, Optional

from app.follow_ups.rules import Purpose
from app.visits.forms.problems import show_problems
from app.visits.rules import REASON_LENGTH, PlanChange, PlanDetails, Problem, Slot
from app.visits.rules.planning import NOTE_LENGTH
from app.web.forms import KoreanForm
from app.web.versions import VersionForm

NOBODY = ""
COMPANION_LENGTH = 60
SLOT_NEEDED = "방문할 시간을 골라 주세요."


class Colleague(Protocol):
    """Somebody who may go along."""

    @property
    def id(self) -> int: ...
    @property
    def title(self) -> str: ...


class SlotForm(KoreanForm):
    """An hour of the board, and who goes along."""

    slot = HiddenField()
    overrule = HiddenField()
    """The slot again, when the person saw what speaks against it and wants it all the same."""
    companion_id = SelectField("함께 가는 사람", default=NOBODY)
    companion_name = StringField("함께 가는 다른 사람", [Optional(), Length(max=COMPANION_LENGTH)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions: list[Problem] = []

    def offer(self, colleagues: Iterable[Colleague]) -> None:
        """Let these people go along, or nobody."""
        self.companion_id.choices = [
            SelectChoice(NOBODY, "혼자 갑니다"), *(SelectChoice(str(one.id), one.title) for one in colleagues)
        ]  # fmt: skip

    def validate_slot(self, field: HiddenField) -> None:
        """What is no time is asked for again."""
        if self.when is None:
            raise ValidationError(SLOT_NEEDED)

    @property
    def chosen(self) -> str:
        """The slot that was tapped: «2026-11-24T10:00»."""
        return self.overrule.data or self.slot.data or ""

    @property
    def when(self) -> tuple[date, time | None] | None:
        """The day and the hour of the slot, the day alone for «시간 미정»; None when nothing sensible was chosen."""
        day, _, hour = self.chosen.partition("T")
        try:
            return date.fromisoformat(day), time.fromisoformat(hour) if hour else None
        except ValueError:
            return None

    def to_slot(self, assignee_id: int, minutes: int) -> Slot:
        """The chosen hour of this person's day. Only after `validate`."""
        companion = self.companion_id.data
        if self.when is None:
            raise ValueError(SLOT_NEEDED)
        name = " ".join((self.companion_name.data or "").split())
        return Slot(*self.when, assignee_id, int(companion) if companion else None, minutes, name)

    def show_all(self, problems: Sequence[Problem]) -> None:
        """Refusals go to their fields; what may be overruled is asked in a panel above them."""
        self.questions = [problem for problem in problems if not problem.is_refusal]
        show_problems(self, [problem for problem in problems if problem.is_refusal], self.places)

    @property
    def places(self) -> Mapping[str, Any]:
        """The rules' names of the fields."""
        return dict(self._fields)

    @property
    def status(self) -> int:
        """422 when it comes back, be it with a question alone."""
        return 422 if self.errors or self.questions else 200


class PlanForm(SlotForm):
    """A new visit."""

    planned_id = HiddenField()
    purpose = SelectField("용건", choices=[SelectChoice(each.value, each.label) for each in Purpose])
    note = StringField("메모", [Optional(), Length(max=NOTE_LENGTH)])

    def to_details(self, planned_id: UUID, slot: Slot) -> PlanDetails:
        """What was chosen, as the service wants it."""
        return PlanDetails(planned_id, slot, Purpose(self.purpose.data), self.note.data or "")


class ReasonForm(VersionForm):
    """Why something that was planned changes."""

    change = RadioField(
        "까닭", [Optional()], choices=[SelectChoice(each.value, each.label) for each in PlanChange], default=None
    )
    words = StringField("덧붙일 말", [Optional(), Length(max=REASON_LENGTH)])

    @property
    def reason(self) -> PlanChange | None:
        """What was picked; None for nothing."""
        return PlanChange(self.change.data) if self.change.data in set(PlanChange) else None

    def show_all(self, problems: Sequence[Problem]) -> None:
        """Bring what is missing to its field."""
        show_problems(self, problems, {"change": self.change, "note": self.words})


class MoveForm(SlotForm, ReasonForm):
    """Another hour for a visit that is planned, and why."""

    @property
    def places(self) -> Mapping[str, Any]:
        """The rules' names of the fields."""
        return {**self._fields, "note": self.words}
