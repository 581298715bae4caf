"""취소: a visit that was begun and did not take place. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.core.labelled import Labelled
from app.follow_ups.rules import Purpose
from app.visits.rules.checks import CLOCK_SLACK
from app.visits.rules.problems import Problem, refuse
from app.visits.rules.record import keep_text, korean_date
from app.visits.rules.texts import LINE_TEXT_LIMIT, NOTE_LIMIT


class CancelReason(Labelled):
    """Why somebody turned round at the door, or on the way to it."""

    ASKED_OTHER_TIME = "ASKED_OTHER_TIME", "다른 때 와 달라고 하심"
    REFUSED = "REFUSED", "만나지 않겠다고 하심"
    WRONG_DAY = "WRONG_DAY", "날짜·집을 잘못 앎"
    UNSAFE = "UNSAFE", "위험해서 돌아옴"
    CALLED_AWAY = "CALLED_AWAY", "급한 일로 돌아옴"
    OTHER = "OTHER", "그 밖의 까닭"


class PlanAnswer(Labelled):
    """What becomes of the plan for that day."""

    KEEP = "KEEP", "그대로 둠"
    MOVE = "MOVE", "다른 날로 옮김"
    CANCEL = "CANCEL", "일정도 취소"


@dataclass(frozen=True, slots=True)
class CancelDetails:
    """A visit that did not take place, as typed; `visit_id` is that of the form that was begun."""

    visit_id: UUID
    household_id: int
    occurred_on: date
    reason: CancelReason
    purpose: Purpose
    at: datetime | None = None
    note: str = ""
    field_notes: str = ""
    welfare_note: str = ""
    nursing_note: str = ""
    """What had been written already when it turned out not to take place."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "note", keep_text(self.note))
        object.__setattr__(self, "field_notes", keep_text(self.field_notes))

    @property
    def because(self) -> str:
        """«다른 때 와 달라고 하심: 병원에 가신다고 함»."""
        return f"{self.reason.label}: {self.note.strip()}" if self.note.strip() else self.reason.label


def check_cancelling(details: CancelDetails, *, now: datetime) -> tuple[Problem, ...]:
    """Everything to refuse about a cancelled visit; empty when it can be stored."""
    return tuple(_check(details, now))


def _check(details: CancelDetails, now: datetime) -> Iterator[Problem]:
    if details.occurred_on > korean_date(now):
        message = "아직 오지 않은 날입니다. 앞으로의 방문은 일정에서 취소합니다."
        yield refuse("FUTURE_DATE", "occurred_on", message, value=details.occurred_on)
    elif details.at is not None and details.at > now + CLOCK_SLACK:
        yield refuse("FUTURE_TIME", "at", "아직 오지 않은 시각입니다.", value=details.at.isoformat())
    if details.reason is CancelReason.OTHER and not details.note.strip():
        yield refuse("REASON_MISSING", "note", "어떤 까닭인지 적어 주세요.")
    if len(details.note) > LINE_TEXT_LIMIT:
        yield refuse("TOO_LONG", "note", f"{LINE_TEXT_LIMIT}자까지 적을 수 있습니다.", value=len(details.note))
    if len(details.field_notes) > NOTE_LIMIT:
        yield refuse(
            "TOO_LONG", "field_notes", f"{NOTE_LIMIT:,}자까지 적을 수 있습니다.", value=len(details.field_notes)
        )
