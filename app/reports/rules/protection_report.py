"""The facts of a restricted task's report (E03, 신고 기록): the one paper on which whoever reported it may stand.

Suspicion of abuse of children, old and disabled people is to be reported at once by those whose duty it is
(아동학대처벌법 제10조 ②, 노인복지법 제39조의6 ②, 장애인복지법 제59조의4), and who reported it is protected.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.reports.rules.letterhead import Letterhead
from app.reports.rules.register import ReportCode
from app.reports.rules.values import Address, Age, BirthDate, PersonName, Phone, Prose

REPORTER_WITHHELD = "이 부에는 싣지 않음 («전체»로 출력할 때만 실림)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectionReportFacts:
    code: ClassVar[ReportCode] = ReportCode.PROTECTION

    letterhead: Letterhead
    task_id: int
    """By it the register asks, before it opens the paper again, whether the task may be seen."""
    kind: str
    number: str
    household: PersonName
    address: Address
    phone: Phone
    person: PersonName
    """About whom; "" for the whole household."""
    born: BirthDate
    age: Age
    sex: str
    because: Prose
    opened_at: datetime
    opened_by: str
    reported_to: Prose
    reported_at: datetime | None
    receipt_number: str
    reporter: PersonName
    reporter_withheld: str
    outcome: Prose
    closed_at: datetime | None
    open_for: str
    """How long it was open, or has been: «3시간»."""
    named: tuple[str, ...] = ()
    """The staff who deal with it."""
