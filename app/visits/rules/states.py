"""The life of a visit, from planned to locked."""

from __future__ import annotations

from app.core.labelled import Labelled


class VisitState(Labelled):
    PLANNED = "PLANNED", "예정"
    STARTED = "STARTED", "방문 중"
    ENDED = "ENDED", "정리 중"
    SUBMITTED = "SUBMITTED", "제출"
    ABSENT = "ABSENT", "부재"
    CANCELLED = "CANCELLED", "취소"


class NationalSystem(Labelled):
    """Where a record must be typed as well."""

    HAENGBOK = "HAENGBOK", "행복이음"
    PHIS = "PHIS", "PHIS"


class PlannedState(Labelled):
    """What became of a visit that stood in the calendar."""

    PLANNED = "PLANNED", "예정"
    KEPT = "KEPT", "방문함"
    CANCELLED = "CANCELLED", "취소"
