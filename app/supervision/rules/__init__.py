"""Questions about records that look odd together. Pure."""

from app.supervision.rules.kinds import QuestionKind
from app.supervision.rules.questions import BOUNDS, Entry, Question, find_questions

__all__ = ["BOUNDS", "Entry", "Question", "QuestionKind", "find_questions"]
