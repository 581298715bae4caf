"""What a case report says of care: problems as they were rated first and last, and medicines as they are known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.reports.rules.values import PersonName, Prose

CARE_WITHHELD = "건강에 관한 문제와 약은 열람 권한이 없어 뺐습니다"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemFacts:
    """One problem of the Omaha list. A problem of abuse or neglect is never one of them."""

    member: PersonName
    """Empty for the household."""
    problem: str
    domain: str
    opened_on: date
    first: str
    """«3·2·3»: knowledge, behaviour, status; empty before any rating. `last` likewise."""
    last: str
    rated_on: date | None
    signs: Prose
    closed_on: date | None = None
    closed_because: Prose = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicineFacts:
    """One medicine that is taken now, as it was seen or told."""

    member: PersonName
    name: Prose
    taken: Prose
    """Dose and how."""
    prescribed_by: Prose
    since_on: date | None
    confirmed_on: date
