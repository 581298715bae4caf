"""What became of a score since the last time, and when it is to be asked again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.assessments.rules.instruments import TONES, Band, Instrument
from app.assessments.rules.scoring import show_number
from app.follow_ups.rules import Span


class Direction(StrEnum):
    """Where a total went."""

    UP = "▲"
    DOWN = "▼"
    SAME = "–"


def direction(before: Decimal, after: Decimal) -> Direction:
    """Where a total went; whether that is better or worse, the bands say."""
    return Direction.SAME if before == after else Direction.UP if after > before else Direction.DOWN


def is_worse(before: Band | None, after: Band | None) -> bool:
    """Whether a result fell into a band of a graver tone."""
    return bool(before and after) and _gravity(after) > _gravity(before)


def _gravity(band: Band | None) -> int:
    return TONES.index(band.tone) if band else 0


def change_words(
    instrument: Instrument, before: tuple[Decimal, Band | None] | None, after: tuple[Decimal, Band | None]
) -> str:
    """«PHQ-9 우울 7점 가벼움 → 14점 중간 ▲»; without a result before only what came out."""
    if before is None:
        return f"{instrument.name} {_point(*after)}"
    return f"{instrument.name} {_point(*before)} → {_point(*after)} {direction(before[0], after[0])}"


def _point(total: Decimal, band: Band | None) -> str:
    return " ".join(part for part in (f"{show_number(total)}점", band.label if band else "") if part)


def recheck_on(assessed_on: date, band: Band | None) -> date | None:
    """From which day on it is to be asked again: the day itself where the next visit asks; None when nothing says so."""
    if band is None or band.recheck_months is None:
        return None
    return Span(months=band.recheck_months).after(assessed_on) if band.recheck_months else assessed_on
