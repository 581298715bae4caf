"""One key for one door, to store and to look up by: the building, a bar, and the flat where one is named.

Every flat of a building begins alike, so that a building is a range of keys where text is compared byte by byte.
What these functions answer stands in the database: whoever changes a rule of `addresses` makes the stored keys anew.
"""

from __future__ import annotations

from typing import NamedTuple

from app.core.text.addresses import lot_address_key, road_address_key, unit_key

_BAR, _AFTER_BAR = "|", "}"


class Buildings(NamedTuple):
    """A building may be known by its road, by its lot, or by both."""

    road: str | None
    lot: str | None


def buildings_of(road_address: str, lot_address: str) -> Buildings:
    """The keys of a building. Each is looked for in its own place first, then in the other one's."""
    road = road_address_key(road_address) or road_address_key(lot_address)
    return Buildings(road, lot_address_key(lot_address) or (lot_address_key(road_address) if road is None else None))


def door_key(building: str | None, unit: str | None) -> str:
    """«가람로 12|101», «가람로 12|» where no flat is named; "" where no building is."""
    return f"{building}{_BAR}{unit or ''}" if building else ""


def building_of(key: str) -> str:
    """The building of a door: «가람로 12|101» → «가람로 12»."""
    return key.partition(_BAR)[0]


def doors_within(building: str) -> tuple[str, str]:
    """The least key of a building's doors, and what is greater than all of them."""
    return f"{building}{_BAR}", f"{building}{_AFTER_BAR}"


def stored_doors(road_address: str, lot_address: str, unit: str) -> dict[str, str]:
    """The columns of a household that say where its door is, by road and by lot."""
    road, lot = buildings_of(road_address, lot_address)
    flat = unit_key(unit)
    return {"road_door": door_key(road, flat), "lot_door": door_key(lot, flat)}
