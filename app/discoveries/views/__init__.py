"""Pages of discovery lists."""

from app.discoveries.views import decisions, items, items_approvals, items_figures, lines, lists, rounds
from app.discoveries.views.blueprint import blueprint

__all__ = ["blueprint", "decisions", "items", "items_approvals", "items_figures", "lines", "lists", "rounds"]
