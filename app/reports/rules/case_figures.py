"""통합사례관리 현황 (R03): what is counted, by which rule, and the facts of the paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.core.labelled import Labelled
from app.reports.rules.counted import CountTable
from app.reports.rules.letterhead import Letterhead
from app.reports.rules.register import ReportCode

PLAN_WITHIN_DAYS = 30
"""접수 → 서비스 제공계획 수립 30일, as several 시군구 publish it; the report names it, whatever clock an office has set."""


class CaseFigure(Labelled):
    """One column of the report. `rule` is printed below the table."""

    OPENED = "OPENED", "신규"
    LIVE = "LIVE", "진행"
    UNDECIDED = "UNDECIDED", "구분 전"
    GENERAL = "GENERAL", "일반"
    COMPLEX = "COMPLEX", "고난도"
    LINKAGE = "LINKAGE", "연계"
    NOT_SELECTED = "NOT_SELECTED", "미선정"
    CLOSED = "CLOSED", "종결"
    AFTERCARE = "AFTERCARE", "사후관리"
    LATE = "LATE", "30일 초과"

    @property
    def rule(self) -> str:
        """How it is counted."""
        return _RULES[self]


_RULES = {
    CaseFigure.OPENED: "접수일이 기간 안인 사례. 종결한 뒤 다시 연 사례는 새 사례로 셉니다.",
    CaseFigure.LIVE: "기간 마지막 날에 접수부터 제공·점검까지의 단계에 있던 사례. 구분 전, 일반, 고난도, 연계, 미선정의 합입니다.",
    CaseFigure.UNDECIDED: "진행 가운데 그날까지 구분하지 않은 사례.",
    CaseFigure.GENERAL: "진행 가운데 사례관리(일반)인 사례. 구분이 바뀌었으면 지금의 구분으로 셉니다.",
    CaseFigure.COMPLEX: "진행 가운데 사례관리(고난도)인 사례.",
    CaseFigure.LINKAGE: "진행 가운데 서비스연계인 사례.",
    CaseFigure.NOT_SELECTED: "진행 가운데 미선정으로 정하고 아직 종결하지 않은 사례.",
    CaseFigure.CLOSED: "종결일이 기간 안인 사례. 종결 사유마다 한 번씩 나누어 셉니다.",
    CaseFigure.AFTERCARE: "기간 마지막 날에 사후관리 단계에 있던 사례.",
    CaseFigure.LATE: f"진행 가운데 접수하고 {PLAN_WITHIN_DAYS}일이 지나도록 계획 단계에 이르지 못한 사례. 서비스연계와 미선정은 계획이 없어 세지 않습니다.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFiguresFacts:
    code: ClassVar[ReportCode] = ReportCode.CASES

    letterhead: Letterhead
    subject: str
    first_on: date
    last_on: date
    by_centre: CountTable
    by_keeper: CountTable
    by_reason: CountTable
    """Closures of the period: centre down, reason across."""

    @property
    def tables(self) -> tuple[CountTable, ...]:
        return self.by_centre, self.by_keeper, self.by_reason
