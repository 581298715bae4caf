"""Why a job runs. Pure."""

from __future__ import annotations

from app.core.labelled import Labelled


class Cause(Labelled):
    """What let a run begin."""

    TIMETABLE = "TIMETABLE", "시간표"
    CATCH_UP = "CATCH_UP", "밀린 실행"
    BY_HAND = "BY_HAND", "지금 실행"
