"""How households end: closed with a date, a reason and a line about it."""

from __future__ import annotations

from datetime import date

from .blanks import new_blanks
from .dice import stream
from .portraits import Portrait
from .seed_files import read
from .shapes import ClosurePlan
from .staffing import Rota


def closure(seed: int, portrait: Portrait, closed_on: date | None, rota: Rota) -> ClosurePlan | None:
    """The closure of a household that ends this year, None for all others."""
    if closed_on is None:
        return None
    rng = stream(seed, "closure", portrait.key)
    lines = read("people")["closures"][portrait.closing]
    given = {"where": rng.choice(("옆 동네", "친정 동네", "다른 시", "바닷가 마을"))}
    note = new_blanks(rng, portrait, closed_on, given).fill(rng.choice(lines))
    return ClosurePlan(closed_on, portrait.closing, note, rota.on_duty(portrait.key, "WORKER", closed_on))
