"""The words of needs. Pure."""

from __future__ import annotations

from app.core.labelled import Labelled


class NeedLevel(Labelled):
    """How much is needed. Our own four steps: no official scale was found."""

    NONE = "NONE", "없음"
    WATCH = "WATCH", "관찰"
    NEEDED = "NEEDED", "필요"
    URGENT = "URGENT", "긴급"
