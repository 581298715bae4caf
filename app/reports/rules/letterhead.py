"""What stands around the contents of every official paper: above it, below it, and in its register row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.reports.rules.register import Masking, Purpose

DEFAULT_APPROVALS = ("담당", "팀장", "동장")
DISTRICT_APPROVALS = ("담당", "팀장", "과장")
"""On a paper of the 시군구: no 동장 signs for several centres."""
BY_HAND = "손으로 쓰는 서식"
"""Under the title of a form that is written on by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The office, the paper's name and number, and this very print of it."""

    title: str
    district: str
    centre: str
    """"" on a paper of the 시군구, and on a blank form whose centre is written in by hand."""
    period: str
    """As printed under the title: «2026-01-01 ~ 2026-09-20» or «2026-09-20 기준»."""
    document_number: str
    written_on: date
    """작성일, a Korean calendar date."""
    printed_by: str
    printed_at: datetime
    """Aware; printed on a Korean clock."""
    purpose: Purpose
    masking: Masking
    copy_number: int = 1
    approvals: tuple[str, ...] = DEFAULT_APPROVALS
    """The heads of the 결재란, left to right. None at all leaves the box away."""
    counting_rules: tuple[str, ...] = ()
    """One line each, printed at the end of the paper: «방문 = 방문-대면만; 부재·전화·안내장 제외»."""

    @property
    def is_by_hand(self) -> bool:
        """Nobody stands on it yet: its day, how much it will show and, unless known, its centre are left to the hand."""
        return self.period == BY_HAND
