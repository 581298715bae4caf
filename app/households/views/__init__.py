"""Pages of households: the list, the search, a new one, and everything that is edited about one."""

from __future__ import annotations

from app.households.views import creating, editing, flags, history, listing, members, risk
from app.households.views.blueprint import blueprint

__all__ = ["blueprint", "creating", "editing", "flags", "history", "listing", "members", "risk"]
