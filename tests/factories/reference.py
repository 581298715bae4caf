"""Reference rows as they are shipped: due rules, absence ladder, judgements of vitals, crisis codes."""

from __future__ import annotations

from typing import Any

from app.seed.reference import load_reference, read_json

__all__ = ["load_reference", "read_shipped"]


def read_shipped(name: str) -> Any:
    """One shipped document, e.g. `follow_up_rules`."""
    return read_json(f"{name}.json")
