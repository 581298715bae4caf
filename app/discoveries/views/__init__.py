"""Pages of discovery lists, of whoever is to be found, and the public page of neighbours."""

from app.discoveries.views import (
    decisions,
    entry,
    items,
    items_approvals,
    items_figures,
    lines,
    linking,
    list_rounds,
    lists,
    mapping,
    neighbours,
    rounds,
    standards,
    taking,
)
from app.discoveries.views.blueprint import blueprint

__all__ = [
    "blueprint", "decisions", "entry", "items", "items_approvals", "items_figures", "lines", "linking", "list_rounds", "lists",
    "mapping", "neighbours", "rounds", "standards", "taking",
]  # fmt: skip
