"""How events are written: short texts, and days without a known time."""

from __future__ import annotations

from datetime import date, datetime, time

from app.core.clock import KOREA
from app.visits.rules import cut

TEXT_LIMIT = 160


def short(text: str) -> str:
    """At most so many visible characters; a text of fewer letters is not looked through one by one."""
    return text if len(text) <= TEXT_LIMIT else cut(text, TEXT_LIMIT)


def one_line(text: str) -> str:
    """As `short`, with every run of spaces and new lines as one space."""
    return short(" ".join(text.split()))


def noon(on: date) -> datetime:
    """A day without a known time, placed at noon."""
    return datetime.combine(on, time(12), KOREA)
