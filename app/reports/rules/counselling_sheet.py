"""The facts of the first counselling (F01, 초기상담지): one talk, as it was held.

No law fixes the fields of this form; they are those that guides commonly name (confidence medium): when and how, by which
route the household was found, who lives there, housing, income, what is hard in the person's own words, what was done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.reports.rules.boxed import ChoiceFacts, FormFacts, FormHouseholdFacts
from app.reports.rules.register import ReportCode
from app.reports.rules.values import Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class CounsellingSheetFacts(FormFacts):
    code: ClassVar[ReportCode] = ReportCode.COUNSELLING_SHEET

    household: FormHouseholdFacts
    counselled_on: date | None = None
    ways: ChoiceFacts
    routes: ChoiceFacts
    with_whom: Prose = ""
    complaint: Prose = ""
    """What the person said, in their own words."""
    family: Prose = ""
    housing: Prose = ""
    income: Prose = ""
    health: Prose = ""
    health_withheld: str = ""
    told: Prose = ""
    measures: Prose = ""
    counsellor: str = ""
