"""The facts of the phone tree (E02, 비상 연락망): who calls whom, in which order. Staff and offices only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.reports.rules.letterhead import Letterhead
from app.reports.rules.register import ReportCode


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmFacts:
    """What happens so many minutes after somebody meant to be back."""

    minutes: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyFacts:
    """One call in its turn; whoever stands here was chosen to be called, so nothing of it is masked."""

    title: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HotlineFacts:
    number: str
    name: str
    use: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneTreeFacts:
    code: ClassVar[ReportCode] = ReportCode.PHONE_TREE

    letterhead: Letterhead
    centre: str
    alarms: tuple[AlarmFacts, ...]
    contacts: tuple[DutyFacts, ...]
    hotlines: tuple[HotlineFacts, ...]
