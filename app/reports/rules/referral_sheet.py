"""The facts of a referral and its reply (F06, 의뢰서·회신서).

Only the kinds of facts that the referral names go along: what it does not name is not in here at all. By what right they
go is named: 사회보장급여법 제15조 ④ asks for consent before private bodies are told (confidence high); duties of law and
acute danger go without it, in words. The rest of the form is what guides commonly name (confidence medium).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.reports.rules.boxed import ChoiceFacts, FormFacts
from app.reports.rules.register import ReportCode
from app.reports.rules.values import Address, Age, BirthDate, PersonName, Phone, Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyFacts:
    """Who is asked; an agency is no client."""

    name: str = ""
    kind: str = ""
    contact: str = ""
    """Whom to ask for."""
    phone: str = ""
    fax: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferredFacts:
    """Who is referred; of what is not shared every field is empty."""

    number: str = ""
    name: PersonName = ""
    born: BirthDate = ""
    age: Age = ""
    sex: str = ""
    phone: Phone = ""
    address: Address = ""
    family: Prose = ""
    economy: Prose = ""
    health: Prose = ""
    health_withheld: str = ""
    """Shared by the referral, but not for whoever prints to read."""
    needs: Prose = ""
    services: Prose = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyFacts:
    """The answer, as far as there is one."""

    answers: ChoiceFacts
    replied_on: date | None = None
    note: Prose = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralSheetFacts(FormFacts):
    code: ClassVar[ReportCode] = ReportCode.REFERRAL_SHEET

    agency: AgencyFacts
    person: ReferredFacts
    state: str = ""
    """«작성 중»; empty once it was sent."""
    sent_on: date | None = None
    reply_due_on: date | None = None
    sender: str = ""
    sender_phone: str = ""
    """Of the office."""
    reason: Prose = ""
    asked_for: Prose = ""
    shares: ChoiceFacts
    grounds: ChoiceFacts
    ground_words: Prose = ""
    """Which consent, from when until when; or the law or danger in words."""
    reply: ReplyFacts
