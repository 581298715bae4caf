"""Pages of who is responsible: the board, handing over, one household, covers."""

from __future__ import annotations

from app.assignments.views import board, covers, handing_over, household
from app.assignments.views.blueprint import blueprint

__all__ = ["blueprint", "board", "covers", "handing_over", "household"]
