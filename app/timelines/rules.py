"""One thing that happened to a household, whatever slice it comes from. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.core.labelled import Labelled

AT_ONCE = 40
"""How many events one page of the line shows."""


class EventKind(Labelled):
    """What the line of time can be narrowed to: few enough to stand side by side above it."""

    VISIT = "VISIT", "방문·접촉"
    DISCOVERY = "DISCOVERY", "발굴"
    CASE = "CASE", "사례"
    PLAN = "PLAN", "계획·의뢰·동의"
    HEALTH = "HEALTH", "평가·문제·등록"
    SAFETY = "SAFETY", "안전·위험도"
    STANDING = "STANDING", "기준·담당"


@dataclass(frozen=True, slots=True)
class Door:
    """The page that an event opens: its endpoint and what stands in its address."""

    endpoint: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the household's time. `at` orders; `has_time` says whether the clock time is known."""

    kind: EventKind
    at: datetime
    title: str
    text: str = ""
    tone: str = ""
    icon: str = "dot"
    has_time: bool = False
    opens: Door | None = None
    tags: tuple[str, ...] = ()
    """Short words beside the title, e.g. «정정 1회», «사후 입력 2일 뒤»."""


def newest_first(events: Iterable[Event]) -> list[Event]:
    """The line of time from now back; of one moment in the order they were told."""
    return sorted(events, key=lambda event: event.at, reverse=True)
