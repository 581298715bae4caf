"""Screening instruments as versioned data: items, weights, bands and cut-offs with their sources and their licence.

Where the licence does not let us show the items an instrument has none, and only its score is written down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

TONES = ("ok", "notice", "warn", "danger")


class InstrumentError(ValueError):
    """A document is wrong at `place`; `problem` is a Korean sentence."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(f"{place}: {problem}")
        self.place, self.problem = place, problem


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer and the points it gives."""

    code: str
    label: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class Item:
    """One question. From `pathway_from` points on its answer opens `pathway`, whatever the total is."""

    code: str
    text: str
    choices: tuple[Choice, ...]
    pathway: str = ""
    pathway_from: Decimal = Decimal(0)

    def choice(self, code: str) -> Choice | None:
        """The answer with this code."""
        return next((choice for choice in self.choices if choice.code == code), None)


@dataclass(frozen=True, slots=True)
class Band:
    """Totals from `low` to `high`, both included, and what they suggest; advice, never a diagnosis."""

    code: str
    label: str
    tone: str
    low: Decimal
    high: Decimal
    advice: str = ""
    source: str = ""
    then: str = ""
    """Code of the instrument to go on with."""
    rule: str = ""
    """Code of the follow-up rule it proposes; a person decides."""
    recheck_months: int | None = None
    """After how many months it is asked again: 0 at the next visit, None when nothing says so."""


@dataclass(frozen=True, slots=True)
class Tick:
    """What is asked beside a score whose items are not shown: a yes opens `pathway`, whatever the total is."""

    code: str
    text: str
    pathway: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """One version of an instrument."""

    code: str
    version: str
    name: str
    whom: str
    """member or household."""
    lead: str
    items: tuple[Item, ...]
    low: Decimal
    high: Decimal
    decimals: int
    bands: tuple[Band, ...]
    source: str
    confidence: str
    licence: str
    is_health: bool
    person_chooses: bool
    """The cut-off is a table that only the examiner has: a person picks the band."""
    tick: Tick | None = None

    @property
    def has_items(self) -> bool:
        return bool(self.items)

    def band(self, code: str) -> Band | None:
        """The band with this code."""
        return next((band for band in self.bands if band.code == code), None)


def instrument_from(document: Mapping[str, Any]) -> Instrument:
    """The instrument of one document.

    Raises InstrumentError: a field is missing, or the bands leave a total without a band or give it two.
    """
    try:
        low, high = (Decimal(str(edge)) for edge in document["range"])
        instrument = Instrument(
            document["code"], str(document["version"]), document["name"], document["whom"], document["lead"],
            tuple(_item(each) for each in document["items"]), low, high, int(document.get("decimals", 0)),
            tuple(_band(each) for each in document["bands"]), document["source"], document["confidence"],
            document["licence"], bool(document.get("is_health", True)), bool(document.get("person_chooses", False)),
            _tick(document.get("tick")),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, InvalidOperation) as error:
        raise InstrumentError(str(document.get("code", "?")), f"읽을 수 없습니다({error}).") from None
    _refuse_gaps(instrument)
    return instrument


def _item(row: Mapping[str, Any]) -> Item:
    choices = tuple(Choice(each["code"], each["label"], Decimal(str(each["points"]))) for each in row["choices"])
    return Item(row["code"], row["text"], choices, row.get("pathway", ""), Decimal(str(row.get("pathway_from", 0))))


def _band(row: Mapping[str, Any]) -> Band:
    if row["tone"] not in TONES:
        raise ValueError(row["tone"])
    return Band(
        row["code"], row["label"], row["tone"], Decimal(str(row["from"])), Decimal(str(row["to"])),
        row.get("advice", ""), row.get("source", ""), row.get("then", ""), row.get("rule", ""), row.get("recheck_months"),
    )  # fmt: skip


def _tick(row: Mapping[str, Any] | None) -> Tick | None:
    return Tick(row["code"], row["text"], row["pathway"]) if row else None


def _refuse_gaps(instrument: Instrument) -> None:
    """Every total belongs to exactly one band, unless a person picks it."""
    if instrument.person_chooses:
        return
    step = Decimal(1).scaleb(-instrument.decimals)
    expected = instrument.low
    for band in sorted(instrument.bands, key=lambda each: each.low):
        if band.low != expected or band.high < band.low:
            raise InstrumentError(band.code, f"«{band.label}»은 {expected}점부터여야 합니다. 점수가 비거나 겹칩니다.")
        expected = band.high + step
    if expected != instrument.high + step:
        raise InstrumentError("bands", f"마지막 구분은 {instrument.high}점까지여야 합니다.")


def with_cut_offs(
    document: Mapping[str, Any], edges: Sequence[tuple[str, Decimal, Decimal]], **changed: Any
) -> dict[str, Any]:
    """The same document with other cut-offs: (code of the band, from, to), and other fields `changed`.

    Raises InstrumentError when the bands do not fit together.
    """
    by_code = {code: (low, high) for code, low, high in edges}
    bands = [
        {**band, "from": float(by_code[band["code"]][0]), "to": float(by_code[band["code"]][1])}
        if band["code"] in by_code
        else dict(band)
        for band in document["bands"]
    ]
    made = {**document, **changed, "bands": bands}
    instrument_from(made)
    return made
