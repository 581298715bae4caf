"""The life of a visit."""

from __future__ import annotations

import pytest
from app.visits.rules import VISIT_TRANSITIONS, VisitState, can_move

ALLOWED = {
    (None, VisitState.PLANNED),
    (None, VisitState.STARTED),
    (None, VisitState.SUBMITTED),
    (None, VisitState.ABSENT),
    (VisitState.PLANNED, VisitState.STARTED),
    (VisitState.PLANNED, VisitState.SUBMITTED),
    (VisitState.PLANNED, VisitState.ABSENT),
    (VisitState.PLANNED, VisitState.CANCELLED),
    (VisitState.STARTED, VisitState.ENDED),
    (VisitState.STARTED, VisitState.SUBMITTED),
    (VisitState.STARTED, VisitState.ABSENT),
    (VisitState.STARTED, VisitState.CANCELLED),
    (VisitState.ENDED, VisitState.SUBMITTED),
}


@pytest.mark.parametrize("to", list(VisitState))
@pytest.mark.parametrize("state", [None, *VisitState])
def test_a_visit_moves_only_along_its_table(state: VisitState | None, to: VisitState) -> None:
    assert can_move(state, to) == ((state, to) in ALLOWED)


def test_every_state_has_its_row_and_its_word() -> None:
    assert set(VISIT_TRANSITIONS) == set(VisitState)
    labels = [state.label for state in VisitState]
    assert labels == ["예정", "방문 중", "정리 중", "제출", "부재", "취소"]


def test_submitted_absent_and_cancelled_records_are_locked() -> None:
    locked = {state for state in VisitState if state.is_locked}
    assert locked == {VisitState.SUBMITTED, VisitState.ABSENT, VisitState.CANCELLED}
