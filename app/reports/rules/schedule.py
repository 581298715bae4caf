"""The facts of the day's visiting schedule (F10): what a worker needs in the hand at each door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.reports.rules.letterhead import Letterhead
from app.reports.rules.register import ReportCode
from app.reports.rules.values import Address, Age, PersonName, Phone, Prose, Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRow:
    """One door. An empty `planned` time prints the order only."""

    planned: str
    """«10:30», «오전», or ""."""
    number: str
    name: PersonName
    age: Age
    household_type: str
    address: Address
    approach: Prose
    phone: Phone
    safety: tuple[str, ...]
    """Labels in the order they matter: «2인 필수», «대형견»."""
    because: Sentence
    previous: Prose
    """What the last visit left to know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleFacts:
    code: ClassVar[ReportCode] = ReportCode.SCHEDULE

    letterhead: Letterhead
    day: date
    visitor: str
    role: str
    rows: tuple[ScheduleRow, ...] = ()
    blank_rows: int = 3
    """Empty doors at the end for visits nobody planned. With no rows at all this is the blank form."""
