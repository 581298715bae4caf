"""The life of a visit."""

from __future__ import annotations

from app.visits.rules import VisitState


def test_every_state_has_its_word() -> None:
    labels = [state.label for state in VisitState]
    assert labels == ["예정", "방문 중", "정리 중", "제출", "부재", "취소"]
