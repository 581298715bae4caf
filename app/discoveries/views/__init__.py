"""Pages of discovery lists."""

from app.discoveries.views import decisions, lines, lists
from app.discoveries.views.blueprint import blueprint

__all__ = ["blueprint", "decisions", "lines", "lists"]
