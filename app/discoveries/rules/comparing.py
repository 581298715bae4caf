"""One trait on both sides: the same, similar, different, or missing on one side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from app.core.text import (
    HIDDEN,
    are_alike,
    buildings_of,
    format_phone,
    is_one_slip,
    is_placeholder_phone,
    name_key,
    unit_key,
)
from app.discoveries.rules.vocabulary import Agreement, Trait
from app.households.rules import Sex


@dataclass(frozen=True, slots=True)
class Comparison:
    """One trait on both sides, as people read it."""

    trait: Trait
    agreement: Agreement
    listed: str
    recorded: str


@dataclass(frozen=True, slots=True)
class Doors:
    """Where somebody lives, to compare by: a building may be known by its road, by its lot, or by both."""

    road: str | None
    lot: str | None
    unit: str | None
    text: str = ""
    """As people read it."""

    @property
    def keys(self) -> list[tuple[str, str, str | None]]:
        """What the same door shares: building and flat, by road and by lot."""
        named = (("road", self.road), ("lot", self.lot))
        return [(kind, building, self.unit) for kind, building in named if building]


@lru_cache(maxsize=4096)
def doors_of(road_address: str, lot_address: str, unit: str) -> Doors:
    """The keys of an address."""
    text = ", ".join(filter(None, (road_address or lot_address, unit)))
    return Doors(*buildings_of(road_address, lot_address), unit_key(unit), text)


def compare_names(listed: str, recorded: str) -> Comparison:
    """What is covered up on either side («김○자») is similar at best."""
    first, second = name_key(listed), name_key(recorded)
    if not first or not second:
        agreement = Agreement.MISSING
    elif first == second and HIDDEN not in first:
        agreement = Agreement.SAME
    else:
        agreement = Agreement.SIMILAR if are_alike(first, second) else Agreement.DIFFERENT
    return Comparison(Trait.NAME, agreement, listed, recorded)


def compare_births(listed: date | None, recorded: date | None, recorded_year: int | None) -> Comparison:
    """One figure off, two swapped, day and month swapped, or the year alone is similar."""
    said = recorded.isoformat() if recorded else f"{recorded_year}년생" if recorded_year else ""
    return Comparison(Trait.BIRTH, _agreement_of_births(listed, recorded, recorded_year), _day(listed), said)


def turned(day: date) -> date | None:
    """The date with day and month swapped, as spreadsheets of another country read it; None when there is none."""
    if day.day > 12 or day.day == day.month:
        return None
    return day.replace(month=day.day, day=day.month)


def compare_phones(listed: tuple[str, ...], recorded: tuple[str, ...]) -> Comparison:
    """Any number in common; those that only fill the cell say nothing."""
    shared = set(listed).intersection(recorded)
    if not listed or not recorded or (shared and all(map(is_placeholder_phone, shared))):
        agreement = Agreement.MISSING
    else:
        agreement = Agreement.SAME if shared else Agreement.DIFFERENT
    return Comparison(Trait.PHONE, agreement, _numbers(listed), _numbers(recorded))


def compare_doors(listed: Doors, recorded: Doors) -> Comparison:
    """The same building is not yet the same door: a flat that only one side names leaves it open."""
    return Comparison(Trait.ADDRESS, _agreement_of_doors(listed, recorded), listed.text, recorded.text)


def compare_sexes(listed: Sex | None, recorded: Sex | None) -> Iterator[Comparison]:
    """Worth a word only when it contradicts."""
    if listed is not None and recorded is not None and listed is not recorded:
        yield Comparison(Trait.SEX, Agreement.DIFFERENT, listed.label, recorded.label)


def _agreement_of_births(listed: date | None, recorded: date | None, recorded_year: int | None) -> Agreement:
    if listed is None or (recorded is None and recorded_year is None):
        return Agreement.MISSING
    if recorded is None:
        return Agreement.SIMILAR if listed.year == recorded_year else Agreement.DIFFERENT
    if listed == recorded:
        return Agreement.SAME
    return Agreement.SIMILAR if _is_slip_of_day(listed, recorded) else Agreement.DIFFERENT


def _is_slip_of_day(first: date, second: date) -> bool:
    return turned(first) == second or is_one_slip(f"{first:%Y%m%d}", f"{second:%Y%m%d}")


def _agreement_of_doors(listed: Doors, recorded: Doors) -> Agreement:
    """By road where both name one: a lot may hold many buildings."""
    buildings = (listed.road, recorded.road) if listed.road and recorded.road else (listed.lot, recorded.lot)
    if None in buildings:
        return Agreement.MISSING
    if buildings[0] != buildings[1]:
        return Agreement.DIFFERENT
    if (listed.unit is None) != (recorded.unit is None):
        return Agreement.SIMILAR
    return Agreement.SAME if listed.unit == recorded.unit else Agreement.DIFFERENT


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _numbers(phones: tuple[str, ...]) -> str:
    return ", ".join(map(format_phone, phones))
