"""What can go wrong in the field's own terms. The edge turns each into a page (`web/errors.py`)."""

from __future__ import annotations


class RuleBroken(Exception):
    """A rule says no. Carries a stable `code`, a Korean sentence for the person, and the field it belongs to."""

    def __init__(self, code: str, text: str, *, field: str | None = None) -> None:
        super().__init__(code)  # the code alone: messages may hold what was typed and must not reach a log
        self.code = code
        self.text = text
        self.field = field


class StaleRecord(RuleBroken):
    """Somebody else saved first; what was typed is kept and both versions are shown."""

    def __init__(self, text: str = "다른 사람이 먼저 고쳤습니다. 바뀐 내용을 확인한 뒤 다시 저장해 주세요.") -> None:
        super().__init__("STALE_RECORD", text)


class NotFound(Exception):
    """There is no such thing, or it is out of this person's scope: the answer is the same (404)."""


class NotAllowed(Exception):
    """The thing is in scope, the act is not permitted (403)."""
