"""Single cells of a list, as people fill them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from app.core.text import (
    detail_after_road,
    find_phones,
    lot_address_key,
    normalise,
    phone_digits,
    search_key,
    split_at_road,
)
from app.households.rules import Sex

_BLANKS = frozenset({"", "-", "--", "–", "—", ".", "없음", "무", "미상", "해당없음", "n/a", "x"})
_COUNT = re.compile(r"(\d{1,4})(?:\.0+)?(?:개월|월|회|번|차)?")
_SEXES: Mapping[str, Sex] = {
    **dict.fromkeys(("여", "여자", "여성", "f", "female"), Sex.FEMALE),
    **dict.fromkeys(("남", "남자", "남성", "m", "male"), Sex.MALE),
}
_BETWEEN_AREAS = re.compile(r"[\s,()·]+")
_ORDINAL = re.compile(r"제(?=\d)")


def is_blank(text: str) -> bool:
    """Whether a cell says nothing: empty, a dash, «없음», «해당없음»."""
    return search_key(text) in _BLANKS


def read_count(text: str, *, most: int) -> int | None:
    """A number of 0 to `most`, also «3개월» or «2회»; None for a blank cell.

    Raises:
        ValueError: anything else, e.g. «석달» or a negative number.
    """
    if text.isdecimal() and len(text) < 4 and int(text) <= most:
        return int(text)
    if is_blank(text):
        return None
    match = _COUNT.fullmatch(search_key(text))
    if match is None or int(match[1]) > most:
        raise ValueError(f"no number of 0 to {most}")
    return int(match[1])


def read_sex(text: str) -> Sex | None:
    """«여», «남자», «F» and the like; None for what says neither."""
    return _SEXES.get(text) or _SEXES.get(search_key(text))


def read_phones(cells: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The figures of all telephone numbers in the cells, and the cells that hold something else only."""
    numbers: dict[str, None] = {}
    unread: list[str] = []
    for cell in cells:
        single = phone_digits(cell)
        found = (single,) if single else find_phones(cell)
        numbers.update(dict.fromkeys(found))
        if not found and not is_blank(cell):
            unread.append(normalise(cell))
    return tuple(numbers), tuple(unread)


def dong_key(text: str) -> str:
    """A 행정동 as it is compared: «가람 제1동» and «가람1동» are one."""
    return _ORDINAL.sub("", search_key(text))


def find_dong(text: str, dongs: Mapping[str, str]) -> str:
    """The known 행정동 that a cell or an address names, "" when none. `dongs` maps `dong_key` to the spelling."""
    if known := dongs.get(text) or dongs.get(dong_key(text)):
        return known
    parts = map(dong_key, _BETWEEN_AREAS.split(normalise(text)))
    return next((dongs[part] for part in parts if part in dongs), "")


def read_address(address: str, unit: str) -> tuple[str, str, str]:
    """Road address, lot address and flat of the columns for an address and its detail.

    A flat written behind the road address is used when the column for it is empty. What is neither road nor lot
    address stays in the place of the road address: it may be all that is known.
    """
    before, road, after = split_at_road(address)
    if not road:
        return ("", before, unit) if lot_address_key(before) else (before, "", unit)
    if unit:
        return f"{before}{road}", "", unit
    return f"{before}{road}", "", detail_after_road(address) if after else ""
