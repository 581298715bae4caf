"""The tables that are shipped: the Omaha System and the quick picks, read once."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from app.care.rules import Omaha, Picks, omaha_from, picks_from

_APP = Path(__file__).resolve().parents[2]
_PLACES = (_APP / "_seed_data", _APP.parent / "seed_data")
"""Inside the package when installed from a wheel, beside it in the source tree."""


@cache
def omaha() -> Omaha:
    """The 42 problems and the three scales; raises OmahaError for a table that is none."""
    return omaha_from(_read("omaha.json"))


@cache
def picks() -> Picks:
    """The quick picks; raises PicksError for a table that is none."""
    return picks_from(_read("interventions.json"), omaha().problems)


def _read(name: str) -> Any:
    file = next(path for place in _PLACES if (path := place / name).is_file())
    return json.loads(file.read_text(encoding="utf-8"))
