"""What is typed on the pages of supervision."""

from app.supervision.forms.access_log import LogForm
from app.supervision.forms.questions import AnswerForm

__all__ = ["AnswerForm", "LogForm"]
