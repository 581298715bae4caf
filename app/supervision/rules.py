"""Questions about records that look odd together: a place to answer, never an accusation. Pure."""

from __future__ import annotations

from app.core.labelled import Labelled


class QuestionKind(Labelled):
    """What about some records makes one ask."""

    OVERLAP = "OVERLAP", "시간이 겹친 방문"
    PACE = "PACE", "옮겨 갈 시간이 모자란 방문"
    SAME_TEXT = "SAME_TEXT", "같은 글이 적힌 기록"
    ALL_ABSENT = "ALL_ABSENT", "모두 부재인 날"
    TYPED_AT_ONCE = "TYPED_AT_ONCE", "한꺼번에 입력한 기록"
