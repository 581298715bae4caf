"""Whether somebody who is being registered may be somebody on record, judged by name at one building. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.text import are_alike, buildings_of, detail_after_road, name_key, unit_key
from app.households.rules.vocabulary import NAME_UNKNOWN

_NAMELESS = name_key(NAME_UNKNOWN)


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody lives, to compare by: the building by road, by lot or by both, and the flat where one is named."""

    road: str | None
    lot: str | None
    flat: str | None

    @classmethod
    def of(cls, road_address: str, lot_address: str, unit: str) -> Place:
        """The place of an address as written; the flat may stand behind the road («한빛로12 101-203»)."""
        road, lot = buildings_of(road_address, lot_address)
        return cls(road, lot, unit_key(unit) or unit_key(detail_after_road(road_address)))

    def is_same_building(self, other: Place) -> bool:
        """By road where both name one: a lot may hold many buildings."""
        if self.road and other.road:
            return self.road == other.road
        return self.lot is not None and self.lot == other.lot

    def may_be_same_door(self, other: Place) -> bool:
        """The same building, and no two different flats of it."""
        return self.is_same_building(other) and (None in (self.flat, other.flat) or self.flat == other.flat)


def may_be_one_person(name: str, place: Place, known_name: str, known_place: Place) -> bool:
    """Whether two names at one building may be one person: the same name in whichever flat, a slip of it behind the
    same door, and behind that door anybody whose name is not known."""
    if not place.is_same_building(known_place):
        return False
    keys = name_key(name), name_key(known_name)
    if keys[0] == keys[1] != _NAMELESS:
        return True
    return place.flat == known_place.flat and (_NAMELESS in keys or are_alike(*keys))
