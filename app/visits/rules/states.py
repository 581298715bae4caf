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

    @property
    def is_locked(self) -> bool:
        """Whether the text may change only by a correction with a reason."""
        return not VISIT_TRANSITIONS[self]


class NationalSystem(Labelled):
    """Where a record must be typed as well."""

    HAENGBOK = "HAENGBOK", "행복이음"
    PHIS = "PHIS", "PHIS"


class PlannedState(Labelled):
    """What became of a visit that stood in the calendar."""

    PLANNED = "PLANNED", "예정"
    KEPT = "KEPT", "방문함"
    CANCELLED = "CANCELLED", "취소"


# A planned visit may be submitted at once: many are typed at the desk, days later, and never «started».
VISIT_TRANSITIONS: dict[VisitState, frozenset[VisitState]] = {
    VisitState.PLANNED: frozenset({VisitState.STARTED, VisitState.SUBMITTED, VisitState.ABSENT, VisitState.CANCELLED}),
    VisitState.STARTED: frozenset({VisitState.ENDED, VisitState.SUBMITTED, VisitState.ABSENT, VisitState.CANCELLED}),
    VisitState.ENDED: frozenset({VisitState.SUBMITTED}),
    VisitState.SUBMITTED: frozenset(),
    VisitState.ABSENT: frozenset(),
    VisitState.CANCELLED: frozenset(),
}

FIRST_STATES = frozenset(
    {VisitState.PLANNED, VisitState.STARTED, VisitState.SUBMITTED, VisitState.ABSENT}
)  # a visit nobody planned may be started, logged afterwards, or found absent


def can_move(state: VisitState | None, to: VisitState) -> bool:
    """Whether a visit may go from `state` (None: there is no record yet) to `to`."""
    return to in (FIRST_STATES if state is None else VISIT_TRANSITIONS[state])
