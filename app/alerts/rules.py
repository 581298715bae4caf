"""What people are told about, and how urgent it is. Pure."""

from __future__ import annotations

from enum import StrEnum


class AlertKind(StrEnum):
    """One kind of news. An alert is told once per kind, subject and person."""

    CRISIS_READING = "CRISIS_READING"
    ABSENCE_STEP = "ABSENCE_STEP"
    OVERDUE = "OVERDUE"
    ASSIGNED = "ASSIGNED"
    MATCH_HELD = "MATCH_HELD"
    MORNING = "MORNING"
    WEEKLY = "WEEKLY"
    JOB_FAILED = "JOB_FAILED"
    VISIT_MOVED = "VISIT_MOVED"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def is_urgent(self) -> bool:
        return self in (AlertKind.CRISIS_READING, AlertKind.ABSENCE_STEP)


_LABELS = {
    AlertKind.CRISIS_READING: "위험 측정값",
    AlertKind.ABSENCE_STEP: "연속 부재",
    AlertKind.OVERDUE: "기한 지남",
    AlertKind.ASSIGNED: "담당 지정",
    AlertKind.MATCH_HELD: "동일인 확인 필요",
    AlertKind.MORNING: "오늘 할 일",
    AlertKind.WEEKLY: "주간 요약",
    AlertKind.JOB_FAILED: "자동 작업 실패",
    AlertKind.VISIT_MOVED: "방문 일정 변경",
}
