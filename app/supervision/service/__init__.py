"""Ask about records, and answer."""

from app.supervision.service.asking import answer, ask, open_question

__all__ = ["answer", "ask", "open_question"]
