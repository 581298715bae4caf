"""What people are told about and how urgent it is, and how a mail that could not be sent is tried again. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.core.labelled import Labelled

MOST_TRIES = 5
PAUSES = (timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=45), timedelta(hours=2))
"""How long a mail waits after its first, second, … failure."""
MOST_PER_RUN = 200
"""How many mails one run of the delivery takes up; the next run goes on."""


class AlertKind(StrEnum):
    """One kind of news. An alert is told once per kind, subject and person."""

    CRISIS_READING = "CRISIS_READING"
    ABSENCE_STEP = "ABSENCE_STEP"
    OVERDUE = "OVERDUE"
    ASSIGNED = "ASSIGNED"
    MATCH_HELD = "MATCH_HELD"
    MORNING = "MORNING"
    WEEKLY = "WEEKLY"
    JOB_FAILED = "JOB_FAILED"
    VISIT_MOVED = "VISIT_MOVED"
    PROTECTION = "PROTECTION"
    OVERSTAY = "OVERSTAY"
    INCIDENT = "INCIDENT"
    SECOND_NOTE = "SECOND_NOTE"
    QUESTION = "QUESTION"
    APPROVAL_ASKED = "APPROVAL_ASKED"
    APPROVAL_DECIDED = "APPROVAL_DECIDED"
    NEIGHBOUR = "NEIGHBOUR"
    CONFERENCE = "CONFERENCE"
    REFERRAL = "REFERRAL"
    BACK = "BACK"
    ALONE = "ALONE"
    CONSENT_ENDING = "CONSENT_ENDING"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def is_urgent(self) -> bool:
        return self in URGENT


URGENT = frozenset(
    {
        AlertKind.CRISIS_READING,
        AlertKind.ABSENCE_STEP,
        AlertKind.PROTECTION,
        AlertKind.OVERSTAY,
        AlertKind.ALONE,
        AlertKind.INCIDENT,
    }
)
"""Told on top of everything else."""
_LABELS = {
    AlertKind.CRISIS_READING: "위험 측정값",
    AlertKind.ABSENCE_STEP: "연속 부재",
    AlertKind.OVERDUE: "기한 지남",
    AlertKind.ASSIGNED: "담당 지정",
    AlertKind.MATCH_HELD: "동일인 확인 필요",
    AlertKind.MORNING: "오늘 할 일",
    AlertKind.WEEKLY: "주간 요약",
    AlertKind.JOB_FAILED: "자동 작업 실패",
    AlertKind.VISIT_MOVED: "방문 일정 변경",
    AlertKind.PROTECTION: "보호 조치 필요",
    AlertKind.OVERSTAY: "복귀 확인 안 됨",
    AlertKind.INCIDENT: "안전사고",
    AlertKind.SECOND_NOTE: "함께 쓸 방문 기록",
    AlertKind.BACK: "복귀 소식",
    AlertKind.ALONE: "단독 방문",
    AlertKind.QUESTION: "기록에 대해 여쭙니다",
    AlertKind.APPROVAL_ASKED: "결재 요청",
    AlertKind.APPROVAL_DECIDED: "결재 결과",
    AlertKind.NEIGHBOUR: "이웃신고",
    AlertKind.CONFERENCE: "사례회의 결정",
    AlertKind.REFERRAL: "의뢰·회신",
    AlertKind.CONSENT_ENDING: "동의 만료",
}


class MailState(Labelled):
    """Where a mail stands."""

    WAITING = "WAITING", "보낼 차례를 기다림"
    SENT = "SENT", "보냄"
    GIVEN_UP = "GIVEN_UP", "보내지 못함"
    UNCERTAIN = "UNCERTAIN", "갔는지 알 수 없음"


UNCERTAIN = "Uncertain"
"""Stands as a mail's error from the moment it is taken up until the server has answered."""
EXPIRED = "Expired"
"""Stands as the error of a mail whose day went by."""


class Answer(Labelled):
    """What became of one try to send a mail."""

    ACCEPTED = "ACCEPTED", "받음"
    LATER = "LATER", "지금은 받지 않음"
    NEVER = "NEVER", "거절"
    UNKNOWN = "UNKNOWN", "알 수 없음"
    """The text was on its way when the line broke: the server may have it, so it is not sent again."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail as it goes out."""

    mail_id: int
    for_on: date
    address: str
    subject: str
    body: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Reply:
    """How a try ended. `error` is the class of what went wrong, with the server's code; never its words."""

    answer: Answer
    error: str = ""


def state_of(*, sent_at: datetime | None, next_try_at: datetime | None, error: str) -> MailState:
    """Where a mail stands, out of what is stored of it."""
    if sent_at is not None:
        return MailState.SENT
    if next_try_at is not None:
        return MailState.WAITING
    return MailState.UNCERTAIN if error.startswith(UNCERTAIN) else MailState.GIVEN_UP


def next_try(now: datetime, *, tries: int) -> datetime | None:
    """When to try again after the `tries`-th failure (≥ 1); None when it is to be given up."""
    return None if tries >= MOST_TRIES else now + PAUSES[min(tries, len(PAUSES)) - 1]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a mail: words, and where they lead."""

    words: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of a mail that stand together; `title` is the first of them where it is one."""

    title: str
    lines: tuple[Line, ...]


TITLE_MARK = "■ "
_LINK = re.compile(r"(?P<words>.*?):? ?(?P<link>https?://\S+)$")


def blocks_of(body: str) -> tuple[Block, ...]:
    """The plain text of a mail as its other form shows it, so that both say the same.

    An empty line parts blocks, «■ » begins a title, and an address at the end of a line is where its words lead.
    """
    parts = (part.strip().splitlines() for part in re.split(r"\n[ \t]*\n", body.strip()) if part.strip())
    return tuple(_block(lines) for lines in parts)


def _block(lines: list[str]) -> Block:
    has_title = lines[0].startswith(TITLE_MARK)
    rest = lines[1:] if has_title else lines
    return Block(lines[0].removeprefix(TITLE_MARK) if has_title else "", tuple(_line(line.strip()) for line in rest))


def _line(text: str) -> Line:
    found = _LINK.fullmatch(text)
    return Line(found["words"] or found["link"], found["link"]) if found else Line(text)
