"""What answers add up to. The total is the sum of the lines that are stored and printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.assessments.rules.instruments import Band, Instrument, Item


class Unanswered(ValueError):
    """Some items have no answer, or one that nobody offered; `items` are their codes."""

    def __init__(self, items: tuple[str, ...]) -> None:
        super().__init__(", ".join(items))
        self.items = items


@dataclass(frozen=True, slots=True)
class Line:
    """One answered item."""

    item: str
    answer: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class Scored:
    """The lines, their sum, the band it falls into, and the items whose answer opens a pathway of its own."""

    lines: tuple[Line, ...]
    total: Decimal
    band: Band | None
    """None where a person picks it."""
    pathways: tuple[Item, ...] = ()


def score_items(instrument: Instrument, answers: Mapping[str, str]) -> Scored:
    """Score the answers (code of the item → code of the choice). Raises Unanswered."""
    chosen = {item.code: item.choice(answers.get(item.code, "")) for item in instrument.items}
    if missing := tuple(code for code, choice in chosen.items() if choice is None):
        raise Unanswered(missing)
    lines = tuple(Line(code, choice.code, choice.points) for code, choice in chosen.items() if choice)
    points = {line.item: line.points for line in lines}
    opened = tuple(item for item in instrument.items if item.pathway and points[item.code] >= item.pathway_from)
    total = sum(points.values(), Decimal(0))
    return Scored(lines, total, band_for(instrument, total), opened)


def score_total(instrument: Instrument, total: Decimal) -> Scored:
    """Take a total that was added up on paper: one line of its own. Raises ValueError outside the range."""
    exact = total == total.quantize(Decimal(1).scaleb(-instrument.decimals))
    if not instrument.low <= total <= instrument.high or not exact:
        raise ValueError(total)
    return Scored((Line("TOTAL", str(total), total),), total, band_for(instrument, total))


def band_for(instrument: Instrument, total: Decimal) -> Band | None:
    """The band a total falls into; None where a person picks it."""
    if instrument.person_chooses:
        return None
    return next((band for band in instrument.bands if band.low <= total <= band.high), None)


def show_number(number: Decimal) -> str:
    """«7», «0.43»: without the noughts a database adds."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
