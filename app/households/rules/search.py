"""How a household is found: by name, 초성, birth year, last digits of a phone, address, unit or number.

Each household is stored as a set of short «grams»; a query becomes the grams a match must have. A short gram is
stored only where no longer one begins with it, and found by its beginning (`begins_others`). Grams prove too little for
three letters and more, so a candidate is compared again (`is_found`).

Prefixes: `t` text of names and addresses · `c` initial consonants of names · `d` four digits (birth year, end of a
phone, household number) · `u` unit (동·호).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat

from app.core.text import (
    choseong,
    is_choseong,
    normalise,
    phone_digits,
    query_grams,
    search_key,
    unit_key,
)

_LAST_FIGURES = 4
_LETTERS, _INITIALS = 2, 3
"""How many letters in a row, and how many initial consonants, make a whole gram."""
_WHOLE = {"t": 1 + _LETTERS, "c": 1 + _INITIALS}
_FOUR_DIGITS = re.compile(r"\d{4}(?:년(?:생)?)?")
_FOUR_ALONE = re.compile(r"(?<!\d)\d{4}(?!\d)")
_END_OF_PHONE = re.compile(r"\d{3,4}-(\d{4})")
_BLOCK = r"(?:\d+|[A-Za-z가나다라마바사아자차카타파하])동"
_UNIT = re.compile(rf"{_BLOCK}\d+호?|\d+동|\d+호|\d{{1,4}}-\d{{1,5}}호")
"""«마동» or «12-3» alone may be a name or a lot: only what can be nothing else is taken for a unit."""
_SPLIT_UNIT = re.compile(rf"(?<!\S)({_BLOCK})\s+(\d+호?)(?!\S)")


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
    unit = unit_key(household.unit)
    texts = [search_key(text) for text in (*household.names, *household.addresses, household.number, unit or "")]
    initials = [choseong(name) for name in household.names]
    return frozenset((
        *_longest("t", texts, _LETTERS), *_longest("c", initials, _INITIALS), *_figure_grams(household), *_unit_grams(unit),
    ))  # fmt: skip


def begins_others(gram: str) -> bool:
    """Whether a gram of a query may be stored as the beginning of a longer one."""
    return len(gram) < _WHOLE.get(gram[0], 0)


def _longest(kind: str, texts: Sequence[str], letters: int) -> Iterator[str]:
    """Every so many letters in a row; what ends a text is shorter, and kept unless a longer gram begins with it."""
    for text in texts:
        yield from map("".join, zip(repeat(kind), *(text[place:] for place in range(letters)), strict=False))
        for start in range(max(0, len(text) - letters + 1), len(text)):
            end = text[start:]
            if not any(end in other[:-1] for other in texts):
                yield kind + end


def _places(household: Searchable) -> list[str]:
    """Where they live and what they are filed under, as text."""
    return [*household.addresses, household.number, unit_key(household.unit) or ""]


def _figure_grams(household: Searchable) -> set[str]:
    """Four figures: a birth year, the end of a phone or of the own number, a number in the address."""
    ends = map(_digits, (*map(str, household.birth_years), *household.phones, household.number))
    grams = {f"d{digits[-_LAST_FIGURES:]}" for digits in ends if len(digits) >= _LAST_FIGURES}
    return grams | {
        f"d{number}" for text in (*household.addresses, household.unit) for number in _FOUR_ALONE.findall(text)
    }


def _unit_grams(key: str | None) -> set[str]:
    """«102동 842호» is found by both, by its door alone, and by its block alone."""
    if key is None:
        return set()
    block, hyphen, door = key.rpartition("-")
    return {f"u{key}", f"u{door}"} | ({f"u{block}동"} if hyphen else set())


def parse_search(query: str) -> Wanted:
    """Turn what somebody typed into what a match must have: «ㄱㅅㅈ», «김순자 1942», «2265», «나래길 121», «102동 842호»."""
    grams: list[str] = []
    texts: list[str] = []
    initials: list[str] = []
    for word in _words(normalise(query)[:100]):
        if _FOUR_DIGITS.fullmatch(word):
            grams.append(f"d{word[:_LAST_FIGURES]}")
        elif phone := _phone_in(word):
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
    places = [search_key(text) for text in _places(household)]
    if any(all(text not in key for key in (*names, *places)) for text in wanted.texts):
        return False
    return all(any(initials in choseong(name) for name in household.names) for initials in wanted.initials)


def _words(query: str) -> list[str]:
    """The words of a query; «102동 842호» stays one word."""
    return _SPLIT_UNIT.sub(r"\1\2", query).split()


def _phone_in(word: str) -> str | None:
    """The figures of a whole telephone number, or of its last two parts («2646-2265»)."""
    return phone_digits(word) or (word if _END_OF_PHONE.fullmatch(word) else None)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _query_initials(initials: str) -> list[str]:
    length = min(_INITIALS, len(initials))
    return [initials[start : start + length] for start in range(len(initials) - length + 1)]
