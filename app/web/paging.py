"""Keyset paging: go on from a row's key. OFFSET would read and throw away every page before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request

from app.core.keys import LARGEST_KEY

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of rows and where the next begins."""

    rows: Sequence[Row]
    next_key: str | None
    """Goes into the URL as `after`; a number or a date, never a name."""
    is_first: bool
    total: int | None = None


def asked_key(name: str = "after") -> int | None:
    """The key that stands in the address under this name, None when there is none or it can be no row's."""
    asked = request.args.get(name, type=int)
    return asked if asked is not None and 0 < asked <= LARGEST_KEY else None
