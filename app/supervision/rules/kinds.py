"""What about some records makes one ask. A question has a place to answer; it accuses nobody."""

from __future__ import annotations

from app.core.labelled import Labelled


class QuestionKind(Labelled):
    """What looks odd, in the words of the list."""

    OVERLAP = "OVERLAP", "시간이 겹친 방문"
    PACE = "PACE", "옮겨 갈 시간이 모자란 방문"
    SAME_TEXT = "SAME_TEXT", "같은 글이 적힌 기록"
    ALL_ABSENT = "ALL_ABSENT", "모두 부재인 날"
    TYPED_AT_ONCE = "TYPED_AT_ONCE", "한꺼번에 늦게 입력한 기록"

    @property
    def asks(self) -> str:
        """What one asks, with the innocent answer first."""
        return _ASKS[self.value]


_ASKS = {
    "OVERLAP": "시각을 나중에 어림해서 적었습니까? 함께 간 사람이 따로 적었습니까?",
    "PACE": "같은 건물이거나 바로 옆집입니까? 시각을 어림해서 적었습니까?",
    "SAME_TEXT": "정말 그날도 같았습니까? 지난 글을 옮겨 두고 고치지 못했습니까?",
    "ALL_ABSENT": "그날 무슨 일이 있었습니까? 찾아간 시간대를 바꾸어 볼 수 있습니까?",
    "TYPED_AT_ONCE": "현장에서 적기 어려운 까닭이 있었습니까? 기기나 신호에 문제가 있었습니까?",
}
