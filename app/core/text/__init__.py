"""Korean text as people type it, in one form to store, compare and search. Standard library only.

`characters` (white space, NFC, 초성, grams) · `names` · `phones` · `birth_dates` · `addresses` (road, lot, unit) · `doors`.
Use these for names, numbers and addresses; free notes are kept exactly as typed.
"""

from app.core.text.addresses import (
    detail_after_road,
    lot_address_key,
    road_address_key,
    split_at_road,
    tidy_address,
    unit_key,
)
from app.core.text.birth_dates import BirthDateError, parse_birth_date
from app.core.text.characters import (
    choseong,
    has_only_visible_letters,
    is_choseong,
    narrow,
    normalise,
    query_grams,
    search_key,
)
from app.core.text.doors import building_of, buildings_of, door_key, doors_within, stored_doors
from app.core.text.names import HIDDEN, are_alike, is_one_slip, is_whole_name, name_key
from app.core.text.phones import find_phones, format_phone, is_placeholder_phone, phone_digits

__all__ = [
    "HIDDEN",
    "BirthDateError",
    "are_alike",
    "building_of",
    "buildings_of",
    "choseong",
    "detail_after_road",
    "door_key",
    "doors_within",
    "find_phones",
    "format_phone",
    "has_only_visible_letters",
    "is_choseong",
    "is_one_slip",
    "is_placeholder_phone",
    "is_whole_name",
    "lot_address_key",
    "name_key",
    "narrow",
    "normalise",
    "parse_birth_date",
    "phone_digits",
    "query_grams",
    "road_address_key",
    "search_key",
    "split_at_road",
    "stored_doors",
    "tidy_address",
    "unit_key",
]
