"""The facts of the urgent entry request (E01): what police and fire service must know before they open a door.

No statute lets this office open a door, and none is quoted here: whether and how to enter is for those who come to
judge. What the paper names is why personal facts are handed on. That a pressing interest of life or body allows it
stands in 개인정보 보호법 §18②3 (confidence high). Suspected death and feared 고독사 as reasons to ask come from the
press on one city's guideline (용인시, May 2023; confidence medium). Any other ground is the words of the person who
asks, and is printed as such.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from app.core.labelled import Labelled
from app.reports.rules.letterhead import Letterhead
from app.reports.rules.register import ReportCode
from app.reports.rules.values import Address, Age, PersonName, Phone, Prose

HEALTH_WITHHELD = "건강기록은 볼 권한이나 근거가 없어 뺐습니다"
MOST_TRIES = 5
"""Vain tries told one by one; the older ones are counted."""


class EntryGround(Labelled):
    """Why a household's facts are handed to police and fire service. A person chooses, and says it in words."""

    IMMINENT_HARM = "IMMINENT_HARM", "생명·신체의 급박한 위험"
    SUSPECTED_DEATH = "SUSPECTED_DEATH", "사망 의심"
    LONELY_DEATH = "LONELY_DEATH", "고독사 우려"
    CONSENT = "CONSENT", "본인 동의"
    FAMILY = "FAMILY", "가족·보호자의 요청"
    OTHER = "OTHER", "그 밖의 사정"

    @property
    def opens_health(self) -> bool:
        """Whether it is the pressing interest of life and body for which health may be told without consent."""
        return self is EntryGround.IMMINENT_HARM


@dataclass(frozen=True, slots=True)
class GroundNamed:
    """A ground with the words of the person who names it."""

    ground: EntryGround
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidentFacts:
    """Somebody who lives there."""

    name: PersonName
    relation: str
    sex: str
    age: Age
    phone: Phone
    note: Prose = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TryFacts:
    """One attempt to reach the household, or a word with its neighbours."""

    happened_at: datetime
    mode: str
    tried: str
    """«초인종·전화·안내문», "" where nothing of the kind was noted."""
    heard: Prose
    """What neighbours or the caretaker said, and what was noted."""
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingFacts:
    """팀장 판단."""

    verdict: str
    decided_at: datetime
    decided_by: str
    until_on: date | None
    reason: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCallFacts:
    """One number to call, in its turn; an empty number is written in by hand."""

    whom: str
    phone: Phone
    note: Prose = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySheetFacts:
    code: ClassVar[ReportCode] = ReportCode.ENTRY_SHEET

    letterhead: Letterhead
    asked_by: str
    asked_by_phone: str
    """Of the office; staff sign for what they do, so nothing of it is masked."""
    ground: str
    ground_words: Prose
    number: str
    name: PersonName
    address: Address
    lot_address: Address
    dwelling: str
    approach: Prose
    phone: Phone
    household_type: str
    risk: str
    residents: tuple[ResidentFacts, ...] = ()
    safety: tuple[Prose, ...] = ()
    """One flag each, with how to behave."""
    health: tuple[Prose, ...] = ()
    health_withheld: str = ""
    last_seen_on: date | None = None
    last_spoken_on: date | None = None
    """Last word by telephone or at the counter, where it is later than the last time seen."""
    vain_tries: int = 0
    """In a row, since somebody was last reached."""
    tries: tuple[TryFacts, ...] = ()
    """Oldest first."""
    older_tries: int = 0
    ruling: RulingFacts | None = None
    calls: tuple[EntryCallFacts, ...] = ()
