"""How often one place may ask for addresses that lead nowhere. Pure."""

from __future__ import annotations

from collections import Counter
from datetime import datetime


class MissCounter:
    """Misses of the running minute by network address, in this process alone; the next minute begins with none.

    A token has 256 bits and cannot be guessed; this keeps whoever tries from keeping the database busy.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._minute = -1
        self._counts: Counter[str] = Counter()

    def is_full(self, address: str, now: datetime) -> bool:
        """Whether this address has missed so often that it must wait."""
        self._turn(now)
        return self._counts[address] >= self._most

    def note(self, address: str, now: datetime) -> None:
        """Count one miss."""
        self._turn(now)
        self._counts[address] += 1

    def _turn(self, now: datetime) -> None:
        minute = int(now.timestamp()) // 60
        if minute != self._minute:
            self._minute, self._counts = minute, Counter()
