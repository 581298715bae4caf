"""What each paper says at its end about how it was counted, and which papers are signed."""

from __future__ import annotations

from app.discoveries.rules.items_figures import Figure
from app.reports.rules import CaseFigure, ReportCode

COUNTING_RULES = {
    ReportCode.CASE_REPORT: (
        "방문 = 방문-대면만; 부재·전화·안내장 제외. 마지막 대면 = 목적과 상관없이 가장 늦은 방문-대면.",
        "경과 = 오늘이 기한보다 뒤인 것. 측정값의 판정은 참고이며 진단이 아님.",
    ),
    ReportCode.CASELOAD: (
        "가구 = 출력한 날 관리 중인 담당 가구. 군 분류 = 가구원 가운데 가장 집중하는 군.",
        "경과 = 오늘이 기한보다 뒤인 것. 이번 주 = 오늘부터 일요일까지. 마지막 대면 = 방문-대면만; 부재·전화·안내장 제외.",
    ),
    ReportCode.SCHEDULE: ("기한이 지났거나 오늘인 가구를 급한 순서로 실음. 방문 = 방문-대면만.",),
    ReportCode.ENTRY_SHEET: (),  # the one count on it says beside itself how it was counted
    ReportCode.VISIT_SHEET: (),  # nothing is counted on it
    ReportCode.PHONE_TREE: (),
    ReportCode.PROTECTION: (),
    ReportCode.INCIDENTS: (
        "한 건 = 직원이 알린 안전사고 하나. 일어난 날(한국 시각)의 달에 셈. 알리지 않은 일은 들어 있지 않음.",
        "센터 = 가구에서 일어난 일은 그 가구의 센터, 그 밖의 일은 직원의 센터. 연락 = 그 자리에서 전화한 곳(여럿일 수 있음).",
    ),
    ReportCode.ROUND: (
        *(f"{figure.label} = {figure.rule}" for figure in Figure),
        "담당 = 그 건을 맡았거나 마친 사람. 남은 건 = 그날이 끝났을 때 아직 처리하지 않은 사람.",
    ),
    ReportCode.CASES: (
        *(f"{figure.label} = {figure.rule}" for figure in CaseFigure),
        "센터 = 가구의 센터. 담당 = 지금의 사례관리 담당.",
    ),
    ReportCode.NEEDS: (
        "조사한 가구 = 기간 안에 욕구·위기도 조사를 한 가구. 가구마다 가장 늦은 조사 하나만 셈. 취소한 조사는 제외.",
        "욕구 = 그 영역에 «필요» 이상인 항목이 하나라도 있음. 한 가구가 여러 영역에 들 수 있어 합계는 건수임.",
        "복합욕구 = 두 영역 이상에 욕구가 있는 가구. 비율은 조사한 가구로 나눈 값(소수 둘째 자리에서 버림).",
        "가구 유형 = 조사한 날의 나이와 가구원으로 정함. 혼자 사는데 나이를 모르는 가구는 기타.",
    ),
}
HAS_APPROVALS = (
    ReportCode.CASE_REPORT, ReportCode.CASELOAD, ReportCode.ENTRY_SHEET, ReportCode.PROTECTION, ReportCode.INCIDENTS,
    ReportCode.VISIT_SHEET, ReportCode.ROUND, ReportCode.CASES, ReportCode.NEEDS, ReportCode.COUNSELLING_SHEET, ReportCode.NEEDS_SHEET, ReportCode.MINUTES_SHEET,
    ReportCode.PLAN_SHEET, ReportCode.REFERRAL_SHEET, ReportCode.CLOSURE_SHEET, ReportCode.AFTERCARE_SHEET,
)  # fmt: skip
