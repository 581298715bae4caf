"""The tables that are shipped: the Omaha System and the quick picks, read once."""

from __future__ import annotations

from functools import cache

from app.care.rules import Omaha, Picks, omaha_from, picks_from
from app.core.shipped import shipped_document


@cache
def omaha() -> Omaha:
    """The 42 problems and the three scales; raises OmahaError for a table that is none."""
    return omaha_from(shipped_document("omaha.json"))


@cache
def picks() -> Picks:
    """The quick picks; raises PicksError for a table that is none."""
    return picks_from(shipped_document("interventions.json"), omaha().problems)
