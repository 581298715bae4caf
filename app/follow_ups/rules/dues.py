"""A due as people read it: the stored answer seen from one day, and the order in which dues matter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app.follow_ups.rules.statuses import status_on
from app.follow_ups.rules.terms import DueAnswer
from app.follow_ups.rules.vocabulary import Profession, RuleKind, Status

DAYS_AHEAD = 7
"""How far 오늘 looks: the coming week."""
PRESSING = frozenset({Status.OVERDUE, Status.LATE_TARGET, Status.DUE})
_RANK = {Status.OVERDUE: 0, Status.LATE_TARGET: 1, Status.DUE: 2, Status.OPEN: 3, Status.UPCOMING: 4, Status.DONE: 5}


@dataclass(frozen=True, slots=True)
class Due:
    """One due of a household on `today`, with its reasons. `member_id` is None when it concerns the household."""

    term_id: int | None
    """None for a step of the absence ladder."""
    household_id: int
    member_id: int | None
    label: str
    profession: Profession
    kind: RuleKind
    today: date
    due_on: date | None
    window_start: date | None
    limit_on: date | None
    done: int | None
    needed: int | None
    because: tuple[str, ...]
    note: str = ""
    ladder_step: int | None = None
    """1 for the lowest step of the absence ladder; None for a term."""

    @property
    def status(self) -> Status:
        return status_on(
            self.today, kind=self.kind, due_on=self.due_on, window_start=self.window_start, limit_on=self.limit_on
        )

    @property
    def is_overdue(self) -> bool:
        return self.status is Status.OVERDUE

    @property
    def is_pressing(self) -> bool:
        """Overdue, past its target, or due today."""
        return self.status in PRESSING

    @property
    def days_left(self) -> int:
        """Days until the due date; negative when it has passed. 0 when nothing is due."""
        return (self.due_on - self.today).days if self.due_on else 0

    @property
    def timing(self) -> str:
        """«5일 지남», «오늘», «4일 뒤»: the only words that change from day to day."""
        if self.due_on is None:
            return "할 일 없음"
        if self.days_left < 0:
            return f"{-self.days_left}일 지남"
        return "오늘" if self.days_left == 0 else f"{self.days_left}일 뒤"


def due_from(
    answer: DueAnswer, *, term_id: int | None, household_id: int, member_id: int | None, label: str, profession: Profession,
    kind: RuleKind, today: date, note: str = "", ladder_step: int | None = None,
) -> Due:  # fmt: skip
    """The engine's answer as a due."""
    return Due(
        term_id, household_id, member_id, label, profession, kind, today, answer.due_on, answer.window_start,
        answer.limit_on, answer.done, answer.needed, tuple(line.text for line in answer.because), note,
        ladder_step,
    )  # fmt: skip


def in_order(dues: Iterable[Due]) -> list[Due]:
    """The most pressing first: overdue before today before the coming ones, the longest overdue first."""
    return sorted(dues, key=lambda due: (_RANK[due.status], due.due_on or date.max, due.term_id or 0))


def household_order(dues: Iterable[Due], *, risk_rank: int) -> tuple[int, int, date]:
    """Sort key of a household on 오늘: how pressing, then how high the risk (0 highest), then how old the due date."""
    first = in_order(dues)[0]
    return _RANK[first.status], risk_rank, first.due_on or date.max


def horizon(today: date) -> date:
    """The last day that 오늘 shows."""
    return today + timedelta(days=DAYS_AHEAD)
