"""Who is out, when they mean to be back, and what happens when they do not come back on time. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app.core.labelled import Labelled

CHIPS = (30, 60, 90)
"""Minutes a form offers."""
USUAL_MINUTES = 60
LONGEST = timedelta(hours=12)
KEPT_BY_TABLETS = timedelta(days=7)
"""A tablet without a line keeps its stamps; what is older than this is a clock gone wrong."""
LATE_AFTER = timedelta(minutes=2)
"""A stamp that took longer than this came from a tablet that had no line."""
NAME_LENGTH, REASON_LENGTH, ANSWER_LENGTH = 60, 200, 200
UNKNOWN_COMPANION = "이름이 전해지지 않은 동행자"
"""Somebody was named on a tablet without a line, which keeps no names."""
WENT_ON = "다음 방문을 시작함"


class AlarmStep(Labelled):
    """What happens when somebody does not come back on time, one step after the other, each once."""

    WORKER = "WORKER", "본인에게 알림"
    PARTNER_AND_SUPERVISOR = "PARTNER_AND_SUPERVISOR", "동행자와 팀장에게 알림"
    DUTY_LIST = "DUTY_LIST", "비상 연락망"

    @property
    def after(self) -> timedelta:
        """How long after the planned end."""
        return _AFTER[self]


_AFTER = {
    AlarmStep.WORKER: timedelta(minutes=15),
    AlarmStep.PARTNER_AND_SUPERVISOR: timedelta(minutes=30),
    AlarmStep.DUTY_LIST: timedelta(minutes=60),
}
"""Our own numbers: no national procedure for coming back from a home visit was found."""
FIRST_ALARM = AlarmStep.WORKER.after


class Lateness(Labelled):
    """How late somebody is, as the board says it."""

    IN_TIME = "IN_TIME", "예정 안"
    OVER = "OVER", "예정 지남"
    LATE = "LATE", "늦음"
    MISSING = "MISSING", "복귀 확인 안 됨"

    @property
    def look(self) -> tuple[str, str]:
        """Tone and sign of the word."""
        return _LOOKS[self]


_LOOKS = {
    Lateness.IN_TIME: ("ok", "check"),
    Lateness.OVER: ("warn", "clock"),
    Lateness.LATE: ("danger", "warning"),
    Lateness.MISSING: ("danger", "danger"),
}


class Finding(Labelled):
    """What was found out about somebody who did not come back on time."""

    SAFE = "SAFE", "통화됨, 무사"
    UNREACHED = "UNREACHED", "연락 안 됨, 계속 확인"
    POLICE = "POLICE", "112 신고함"
    AMBULANCE = "AMBULANCE", "119 신고함"
    OTHER = "OTHER", "기타"


@dataclass(frozen=True, slots=True)
class Company:
    """Who goes along: a colleague, or somebody without an account (경찰, 통장)."""

    account_id: int | None = None
    name: str = ""

    @property
    def is_named(self) -> bool:
        return self.account_id is not None or bool(self.name.strip())


@dataclass(frozen=True, slots=True)
class CheckIn:
    """도착: the first stamp. The id and the moments are the tablet's; `ended_at` is there when both stamps came late."""

    outing_id: UUID
    started_at: datetime
    planned_end_at: datetime
    company: Company = Company()
    visit_id: UUID | None = None
    ended_at: datetime | None = None


def due_step(planned_end_at: datetime, *, raised: Collection[AlarmStep], now: datetime) -> AlarmStep | None:
    """The step that must be raised now: the newest whose minute has come, unless it or a later one was raised.

    Whoever comes back to work after a rest raises one step, not all that went by.
    """
    come = [step for step in AlarmStep if planned_end_at + step.after <= now]
    if not come or any(step in raised for step in list(AlarmStep)[len(come) - 1 :]):
        return None
    return come[-1]


def lateness(planned_end_at: datetime, *, now: datetime) -> Lateness:
    """How late somebody is who has not checked out."""
    over = now - planned_end_at
    if over < timedelta(0):
        return Lateness.IN_TIME
    if over < FIRST_ALARM:
        return Lateness.OVER
    return Lateness.LATE if over < AlarmStep.DUTY_LIST.after else Lateness.MISSING


def minutes_between(earlier: datetime, later: datetime) -> int:
    """Whole minutes from one moment to another; negative when the first is the later."""
    return int((later - earlier).total_seconds() // 60)


def moved_end(planned_end_at: datetime, minutes: int, *, now: datetime) -> datetime:
    """The planned end so many minutes later: counted from now when it has gone by, so that it lies ahead again."""
    return max(planned_end_at, now) + timedelta(minutes=minutes)


def finding_words(finding: Finding, note: str = "") -> str:
    """«통화됨, 무사: 상담이 길어짐»; where it is «기타» the words alone."""
    said = " ".join(note.split())
    if finding is Finding.OTHER:
        return said
    return f"{finding.label}: {said}" if said else finding.label
