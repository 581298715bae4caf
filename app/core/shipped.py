"""The data files the product comes with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_APP = Path(__file__).resolve().parents[1]
_PLACES = (_APP.parent / "seed_data", _APP / "_seed_data")
"""Beside `app/` in the source tree, inside it when installed from a wheel."""


def shipped_file(name: str) -> Path:
    """Where a file of `seed_data/` lies; raises FileNotFoundError when it is nowhere."""
    for place in _PLACES:
        if (file := place / name).is_file():
            return file
    raise FileNotFoundError(f"seed_data/{name}")


def shipped_document(name: str) -> Any:
    """A JSON file of `seed_data/`, parsed; raises FileNotFoundError when it is nowhere."""
    return json.loads(shipped_file(name).read_text(encoding="utf-8"))
