"""The facts of a consent (F09, 동의서): the text that was agreed to, by whom, towards whom, until when; or the blank form.

개인정보 보호법 제15조 제2항, 제17조 제2항 and 제23조 say what must be told before somebody agrees (confidence high); that each kind
is agreed to by itself is 제22조. The look of the form is our own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.reports.rules.boxed import ChoiceFacts, FormFacts
from app.reports.rules.register import ReportCode
from app.reports.rules.values import BirthDate, PersonName, Phone, Prose
from app.reports.rules.visit_sheet import SignatureFacts

BASED_ON = "근거: 개인정보 보호법 제15조, 제17조, 제22조, 제23조. 동의하지 않을 수 있으며, 언제든지 거둘 수 있습니다."
AGREED, NOT_AGREED = "동의함", "동의하지 않음"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFacts:
    """One heading of a text and what stands below it."""

    heading: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentTextFacts:
    """One text: what was told, and whether it was agreed to."""

    title: str
    version: str
    needs_receiver: bool
    receiver: str = ""
    """Who may be told; an agency is no client."""
    told: tuple[ToldFacts, ...]
    answer: ChoiceFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentSheetFacts(FormFacts):
    code: ClassVar[ReportCode] = ReportCode.CONSENT_SHEET

    number: str = ""
    """Of the household."""
    name: PersonName = ""
    born: BirthDate = ""
    phone: Phone = ""
    texts: tuple[ConsentTextFacts, ...]
    signers: ChoiceFacts
    signer_name: PersonName = ""
    proxy_because: Prose = ""
    channels: ChoiceFacts
    given_on: date | None = None
    valid_until: date | None = None
    withdrawn: Prose = ""
    """«2026. 11. 2. 거둠: 본인이 전화로»; empty while it stands."""
    note: Prose = ""
    taken_by: str = ""
    signature: SignatureFacts | None = None
