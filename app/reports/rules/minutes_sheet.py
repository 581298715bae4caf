"""The facts of the minutes of a case conference (F03, 사례회의록): before the meeting the agenda, with room to write.

No law fixes the fields; those that such minutes commonly have: day, place, who was there, and for each household what
was said and decided (confidence medium). Households that the reader may not see are not in here; they are counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.reports.rules.boxed import ChoiceFacts, FormFacts
from app.reports.rules.register import ReportCode
from app.reports.rules.values import PersonName, Prose

HEALTH_NEEDS_WITHHELD = "(건강정보를 볼 수 있는 사람의 출력에만 실립니다)"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatFacts:
    """One who was there; a member of the staff, or somebody of another agency."""

    name: str
    agency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaFacts:
    """One household of the agenda."""

    number: str = ""
    name: PersonName = ""
    centre: str = ""
    matter: str = ""
    standing: str = ""
    """Stage and class of its case."""
    keeper: str = ""
    summary: Prose = ""
    health: Prose = ""
    """Its health needs, or that they are withheld; empty without any."""
    said: Prose = ""
    decisions: ChoiceFacts
    """What could be decided about it, and what was."""
    note: Prose = ""
    is_open: bool = False
    """Nothing was said or decided yet: the paper has room for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddendumFacts:
    """What was put right after the minutes were confirmed."""

    written: str
    """«도윤서 팀장, 2026. 9. 1. 10:20»."""
    text: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesSheetFacts(FormFacts):
    code: ClassVar[ReportCode] = ReportCode.MINUTES_SHEET

    kind: ChoiceFacts
    when: str = ""
    place: str = ""
    state: str = ""
    """«확정 (도윤서, 2026. 9. 1. 10:20)», «확정 전»."""
    written_by: str = ""
    confirmed_by: str = ""
    seats: tuple[SeatFacts, ...] = ()
    opening: Prose = ""
    households: tuple[AgendaFacts, ...] = ()
    unseen: int = 0
    addenda: tuple[AddendumFacts, ...] = ()
