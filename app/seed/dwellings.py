"""Where a household lives: street, lot, unit, and the sentence that gets a visitor to the door."""

from __future__ import annotations

from random import Random

from .dice import weighted
from .portraits import Archetype
from .seed_files import read
from .shapes import DwellingPlan


def find_home(rng: Random, centre: str, archetype: Archetype, taken: set[tuple[str, str]]) -> DwellingPlan:
    """A home that nobody in `taken` (road address, unit) has yet; it is added there."""
    while True:
        home = _home(rng, centre, archetype)
        if (home.road_address, home.unit) not in taken:
            taken.add((home.road_address, home.unit))
            return home


def _home(rng: Random, centre: str, archetype: Archetype) -> DwellingPlan:
    words = read("streets")
    kind = weighted(rng, words["kinds"][_circle(archetype)])
    estate = _estate(rng, centre, kind)
    building = f" {estate[0]}" if estate else ""
    return DwellingPlan(
        kind=kind,
        road_address=f"한빛구 {estate[1] if estate else _street(rng, centre)}",
        lot_address=f"{_dong(centre)} {rng.randint(11, 780)}-{rng.randint(1, 48)}{building}",
        unit=_unit(rng, kind),
        approach=rng.choice(words["approaches"][kind]),
    )


def _circle(archetype: Archetype) -> str:
    if archetype.is_alone:
        return "SINGLE" if archetype is Archetype.ELDER_SINGLE else "MIDDLE"
    return "TOGETHER"


def _estate(rng: Random, centre: str, kind: str) -> tuple[str, str] | None:
    estates = [(name, road) for name, of_kind, road in read("streets")["estates"][centre] if of_kind == kind]
    return rng.choice(estates) if estates else None


def _street(rng: Random, centre: str) -> str:
    street = weighted(rng, read("streets")["streets"][centre])
    number = str(rng.randint(3, 158))
    return f"{street} {number}" + (f"-{rng.randint(1, 14)}" if rng.random() < 0.25 else "")


def _dong(centre: str) -> str:
    return next(str(c["dong"]) for c in read("staff")["centres"] if c["key"] == centre)


def _unit(rng: Random, kind: str) -> str:
    if kind in ("APARTMENT", "PUBLIC_RENTAL"):
        return f"{rng.randint(101, 106)}동 {rng.randint(1, 15)}0{rng.randint(1, 8)}호"
    if kind == "MULTIPLEX":
        floor = rng.randint(1, 4)
        return f"{floor}층 {floor}0{rng.randint(1, 4)}호"
    if kind == "GOSIWON":
        floor = rng.randint(2, 4)
        return f"{floor}층 {floor}{rng.randint(1, 28):02d}호"
    return str(rng.choice(read("streets")["units"][kind]))
