"""The facts of the survey of needs (F02, 욕구 및 위기도 조사표): every item as it was answered, and how the domains went.

The official form and its scale were not found; domains and items are those of the version that was asked with, the four
levels are this product's own, and the paper says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.needs.rules import Comparison
from app.reports.rules.boxed import FormFacts, FormHouseholdFacts
from app.reports.rules.register import ReportCode
from app.reports.rules.values import Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedItemFacts:
    """One item; its level is empty on a blank form."""

    label: str
    hint: str = ""
    level: str = ""
    note: Prose = ""
    note_withheld: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedDomainFacts:
    """One domain with its items."""

    label: str
    items: tuple[NeedItemFacts, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsSheetFacts(FormFacts):
    code: ClassVar[ReportCode] = ReportCode.NEEDS_SHEET

    household: FormHouseholdFacts
    form_name: str
    form_version: str
    levels: tuple[str, ...]
    domains: tuple[NeedDomainFacts, ...]
    assessed_on: date | None = None
    assessor: str = ""
    compared: Comparison | None = None
    """First survey and this one; None on a blank form."""
    own_words: Prose = ""
    strengths: Prose = ""
    workers_view: Prose = ""
