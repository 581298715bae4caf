"""What each paper says at its end about how it was counted, and which papers are signed."""

from __future__ import annotations

from app.reports.rules import ReportCode

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
}
HAS_APPROVALS = (
    ReportCode.CASE_REPORT, ReportCode.CASELOAD, ReportCode.ENTRY_SHEET, ReportCode.PROTECTION, ReportCode.INCIDENTS,
    ReportCode.VISIT_SHEET,
)  # fmt: skip
