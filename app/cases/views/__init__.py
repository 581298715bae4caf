"""Pages of cases: the board, one case, what is decided about it, approvals, first talks, closure reasons."""

from app.cases.views import approvals, board, counselling, deciding, emergency, reasons, showing
from app.cases.views.blueprint import blueprint

__all__ = ["approvals", "blueprint", "board", "counselling", "deciding", "emergency", "reasons", "showing"]
