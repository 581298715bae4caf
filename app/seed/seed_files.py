"""Reads the word lists in `seed_data/`, in the source tree as well as in an installed package."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

_APP = Path(__file__).resolve().parent.parent
_PLACES = (_APP / "_seed_data", _APP.parent / "seed_data")


@cache
def read(name: str) -> Any:
    """The parsed content of `seed_data/<name>.json`; raises FileNotFoundError when it is nowhere."""
    for place in _PLACES:
        path = place / f"{name}.json"
        if path.is_file():
            return json.loads(path.read_text(encoding="utf-8"))
    raise FileNotFoundError(f"seed_data/{name}.json")
