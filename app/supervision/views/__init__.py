"""Pages of supervision: the access log, and questions about records."""

from __future__ import annotations

from app.supervision.views import access_log, questions
from app.supervision.views.blueprint import blueprint

__all__ = ["access_log", "blueprint", "questions"]
