"""The words of the print register (출력 대장): which paper, what for, how much of a person is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ReportCode(StrEnum):
    """A paper this office prints. The code stands in the document number."""

    CASE_REPORT = "R13"
    CASELOAD = "R04"
    SCHEDULE = "F10"
    ENTRY_SHEET = "E01"
    VISIT_SHEET = "F05"
    PHONE_TREE = "E02"
    PROTECTION = "E03"
    INCIDENTS = "R11"
    COUNSELLING_SHEET = "F01"
    NEEDS_SHEET = "F02"
    MINUTES_SHEET = "F03"
    PLAN_SHEET = "F04"
    REFERRAL_SHEET = "F06"
    CLOSURE_SHEET = "F07"
    AFTERCARE_SHEET = "F08"
    CONSENT_SHEET = "F09"
    ROUND = "R02"
    CASES = "R03"
    NEEDS = "R05"

    @property
    def label(self) -> str:
        return _TITLES[self]


_TITLES = {
    ReportCode.CASE_REPORT: "가구별 사례보고서",
    ReportCode.CASELOAD: "담당자별 사례현황",
    ReportCode.SCHEDULE: "오늘의 방문 일정표",
    ReportCode.ENTRY_SHEET: "긴급 출입 협조 요청서",
    ReportCode.VISIT_SHEET: "방문기록지",
    ReportCode.PHONE_TREE: "비상 연락망",
    ReportCode.PROTECTION: "보호 조치 신고 기록",
    ReportCode.INCIDENTS: "방문인력 안전사고 현황",
    ReportCode.COUNSELLING_SHEET: "초기상담지",
    ReportCode.NEEDS_SHEET: "욕구 및 위기도 조사표",
    ReportCode.MINUTES_SHEET: "사례회의록",
    ReportCode.PLAN_SHEET: "서비스 제공계획 및 점검표",
    ReportCode.REFERRAL_SHEET: "서비스 의뢰서",
    ReportCode.CLOSURE_SHEET: "종결심사서",
    ReportCode.AFTERCARE_SHEET: "사후관리 점검표",
    ReportCode.CONSENT_SHEET: "동의서",
    ReportCode.ROUND: "발굴 처리현황",
    ReportCode.CASES: "통합사례관리 현황",
    ReportCode.NEEDS: "욕구영역·가구유형별 현황",
}


class Medium(StrEnum):
    """What a print is: a paper, or a spreadsheet of the same facts."""

    PDF = "PDF"
    XLSX = "XLSX"

    @property
    def label(self) -> str:
        return "PDF" if self is Medium.PDF else "엑셀"


def medium_of(template_version: str) -> Medium:
    """By what a register row was drawn: templates of spreadsheets say so in their version, «R04-XLSX-1»."""
    return Medium.XLSX if f"-{Medium.XLSX}-" in template_version else Medium.PDF


class Purpose(StrEnum):
    """Why somebody prints. Asked every time (개인정보의 안전성 확보조치 기준 제12조①: 출력 용도 특정)."""

    MEETING = "MEETING"
    AUDIT = "AUDIT"
    TRANSFER = "TRANSFER"
    SUBJECT_REQUEST = "SUBJECT_REQUEST"
    DUTY = "DUTY"

    @property
    def label(self) -> str:
        return _PURPOSES[self]


_PURPOSES = {
    Purpose.MEETING: "회의",
    Purpose.AUDIT: "감사",
    Purpose.TRANSFER: "이관",
    Purpose.SUBJECT_REQUEST: "본인 요청",
    Purpose.DUTY: "업무",
}


class Masking(StrEnum):
    """How much of a person a paper shows, from everything to nearly nothing."""

    FULL = "FULL"
    AGENCY = "AGENCY"
    """Middle figures of phones, the address below the road, and birth dates but for the year are hidden."""
    STATISTICS = "STATISTICS"
    """A surname, ten years of age and the 동 are left; what people wrote is left out."""

    @property
    def label(self) -> str:
        return _MASKINGS[self]


_MASKINGS = {Masking.FULL: "전체", Masking.AGENCY: "기관 제출용", Masking.STATISTICS: "통계용"}

DEFAULT_MASKING = Masking.AGENCY


@dataclass(frozen=True, slots=True)
class PrintVerdict:
    """Whether a paper may be printed as asked, and the sentence for the person who asked when not."""

    allowed: bool
    because: str = ""


def judge_print(masking: Masking, purpose: Purpose | None, *, may_print_unmasked: bool) -> PrintVerdict:
    """A purpose is always needed, and a permission besides where nothing is masked."""
    if purpose is None:
        return PrintVerdict(False, "출력 목적을 선택하십시오.")
    if masking is Masking.FULL and not may_print_unmasked:
        return PrintVerdict(False, "가리지 않은 출력은 권한이 있는 사람만 할 수 있습니다.")
    return PrintVerdict(True)


def document_number(centre: str, code: ReportCode, written_on: date, serial: int) -> str:
    """The 문서번호 of the `serial`-th paper of this kind in the year: «가람동-R13-2026-0007»."""
    return f"{centre}-{code}-{written_on.year}-{serial:04d}"
