"""How a household is found: by name, 초성, birth year, last digits of a phone, address, unit or number.

Each household is stored as a set of short «grams»; a query becomes the grams a match must have. Grams prove too
little for three letters and more, so a candidate is compared again (`is_found`).

Prefixes: `t` text of names and addresses · `c` initial consonants of names · `d` four digits (birth year, end of a
phone, household number) · `u` unit (동·호).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.core.text import (
    choseong,
    is_choseong,
    name_grams,
    normalise,
    phone_digits,
    query_grams,
    search_key,
    unit_key,
)

_FOUR_DIGITS = re.compile(r"\d{4}(?:년(?:생)?)?")
_UNIT = re.compile(r"(?:\d+|[A-Za-z가나다라마바사])동.*호?|\d+호|\d{1,4}-\d{1,5}호?")
_LAST_FIGURES = 4


@dataclass(frozen=True, slots=True)
class Searchable:
    """What may be searched of one household."""

    number: str
    names: tuple[str, ...]
    birth_years: tuple[int, ...]
    phones: tuple[str, ...]
    addresses: tuple[str, ...]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A parsed query: `grams` a match must have, and `texts` and `initials` to compare afterwards."""

    grams: tuple[str, ...]
    texts: tuple[str, ...]
    initials: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Nothing in it can be searched for."""
        return not self.grams


def grams_of(household: Searchable) -> frozenset[str]:
    """Every gram a household is stored under."""
    grams = {
        f"t{gram}" for text in (*household.names, *household.addresses, household.number) for gram in name_grams(text)
    }
    grams |= {f"c{gram}" for name in household.names for gram in _initial_grams(choseong(name))}
    figures = (*map(str, household.birth_years), *household.phones, household.number)
    grams |= {f"d{digits[-_LAST_FIGURES:]}" for digits in map(_digits, figures) if len(digits) >= _LAST_FIGURES}
    unit = unit_key(household.unit) if household.unit else None
    if unit:
        grams |= {f"u{unit}", f"u{unit.rpartition('-')[2]}"}
    return frozenset(grams)


def parse_search(query: str) -> Wanted:
    """Turn what somebody typed into what a match must have: «ㄱㅅㅈ», «김순자 1942», «2265», «나래길 121», «102동 842호»."""
    grams: list[str] = []
    texts: list[str] = []
    initials: list[str] = []
    for word in _words(normalise(query)[:100]):
        if _FOUR_DIGITS.fullmatch(word):
            grams.append(f"d{word[:_LAST_FIGURES]}")
        elif phone := phone_digits(word):
            grams.append(f"d{phone[-_LAST_FIGURES:]}")
        elif _UNIT.fullmatch(word) and (unit := unit_key(word)):
            grams.append(f"u{unit}")
        elif is_choseong(word):
            initials.append(choseong(word))
            grams.extend(f"c{gram}" for gram in _query_initials(choseong(word)))
        else:
            texts.append(search_key(word))
            grams.extend(f"t{gram}" for gram in query_grams(word))
    return Wanted(tuple(dict.fromkeys(grams)), tuple(text for text in texts if text), tuple(initials))


def is_found(wanted: Wanted, household: Searchable) -> bool:
    """Whether a candidate that has all grams really contains what was typed, letters in a row."""
    names = [search_key(name) for name in household.names]
    places = [search_key(text) for text in (*household.addresses, household.number)]
    if any(all(text not in key for key in (*names, *places)) for text in wanted.texts):
        return False
    return all(any(initials in choseong(name) for name in household.names) for initials in wanted.initials)


def _words(query: str) -> list[str]:
    """The words of a query; «102동 842호» stays one word."""
    joined = re.sub(r"(\d+동)\s+(\d+호?)", r"\1\2", query)
    return joined.split()


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _initial_grams(initials: str) -> set[str]:
    return {initials[start : start + length] for length in (1, 2, 3) for start in range(len(initials) - length + 1)}


def _query_initials(initials: str) -> list[str]:
    length = min(3, len(initials))
    return [initials[start : start + length] for start in range(len(initials) - length + 1)]
