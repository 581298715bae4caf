"""One thing that happened to a household, whatever slice it comes from. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.core.labelled import Labelled


class EventKind(Labelled):
    """What the line of time can be narrowed to."""

    VISIT = "VISIT", "방문·접촉"
    DISCOVERY = "DISCOVERY", "발굴"
    RISK = "RISK", "위험도"
    DECISION = "DECISION", "팀장 판단"
    TERM = "TERM", "관리 기준"
    ASSIGNMENT = "ASSIGNMENT", "담당"
    SAFETY = "SAFETY", "안전"
    CARE = "CARE", "문제"
    ASSESSMENT = "ASSESSMENT", "평가"
    REGISTRATION = "REGISTRATION", "등록"
    CASE = "CASE", "사례"
    PLAN = "PLAN", "계획·의뢰"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the household's time. `at` orders; `has_time` says whether the clock time is known."""

    kind: EventKind
    at: datetime
    title: str
    text: str
    tone: str = ""
    icon: str = "dot"
    has_time: bool = False
    url: str = ""
    """The id of the visit that the title opens."""
    assessment_id: str = ""
    """The id of the result that the title opens."""
    incident_id: str = ""
    """The id of the incident that the title opens."""
    case_id: int | None = None
    """The case that the title opens."""
    item_id: int | None = None
    """The item of the discovery queue that the title opens."""
    leads_to: tuple[str, str, int] | None = None
    """Endpoint, name and value of the page that the title opens, for what has no field of its own."""
    tags: tuple[str, ...] = ()
    """Short words beside the title, e.g. «정정 1회», «사후 입력 2일 뒤»."""


def newest_first(events: list[Event]) -> list[Event]:
    """The line of time from now back."""
    return sorted(events, key=lambda event: event.at, reverse=True)
