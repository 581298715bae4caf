"""What a change would do to the dues of a household: the old answer beside the new one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from app.core.labelled import Labelled
from app.follow_ups.rules.dues import Due


class Turn(Labelled):
    """What becomes of one due."""

    EARLIER = "EARLIER", "앞당겨짐"
    LATER = "LATER", "늦춰짐"
    GONE = "GONE", "없어짐"
    NEW = "NEW", "새로 생김"
    OTHER = "OTHER", "할 일이 바뀜"


@dataclass(frozen=True, slots=True)
class DueChange:
    """One due that would not be what it is. `before` or `after` is None where there was or will be none."""

    before: Due | None
    after: Due | None

    @property
    def due(self) -> Due:
        """The new answer, or the old one where there is no new one."""
        due = self.after or self.before
        assert due is not None  # noqa: S101  # `compare` pairs what is on at least one side
        return due

    @property
    def household_id(self) -> int:
        return self.due.household_id

    @property
    def turn(self) -> Turn:
        old, new = _day(self.before), _day(self.after)
        if old is None or new is None:
            return Turn.NEW if old is None else Turn.GONE
        if old == new:
            return Turn.OTHER
        return Turn.EARLIER if new < old else Turn.LATER

    @property
    def becomes_overdue(self) -> bool:
        """Whether it is overdue at once and was not."""
        was = self.before is not None and self.before.is_overdue
        return self.after is not None and self.after.is_overdue and not was

    @property
    def order(self) -> tuple[bool, date, int, int]:
        """What becomes overdue first, then by the new date, those that go last."""
        return (not self.becomes_overdue, _day(self.after) or date.max, self.household_id, self.due.term_id or 0)


def compare(before: Iterable[Due], after: Iterable[Due]) -> Iterator[DueChange]:
    """The dues of one household that differ in their date, or in what the absence ladder asks for."""
    old, new = ({due.term_id: due for due in dues} for dues in (before, after))
    for key in old | new:
        change = DueChange(old.get(key), new.get(key))
        if _day(change.before) != _day(change.after) or (key is None and _asked(change.before) != _asked(change.after)):
            yield change


def _day(due: Due | None) -> date | None:
    return due.due_on if due else None


def _asked(due: Due | None) -> str:
    return due.label if due else ""
