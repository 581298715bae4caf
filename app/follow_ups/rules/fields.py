"""Reading one JSON object field by field: what is wrong is said in Korean, with its place in the document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from app.follow_ups.rules.terms import MemberId, Span

Choice = TypeVar("Choice", bound=StrEnum)

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
YEARS_READ = range(1900, 2201)
"""Far enough for any record, and never out of the calendar after the longest span is added."""
LONGEST_DAYS, LONGEST_MONTHS = 3660, 120
TYPING_SLIP = 0.8


class DocumentError(ValueError):
    """A document is wrong at `place` (e.g. «terms[3].starts_on»); `problem` is a Korean sentence."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(f"{place}: {problem}")
        self.place = place
        self.problem = problem


@dataclass(frozen=True)
class Fields:
    """One JSON object at its `place`; each reading method raises DocumentError naming the field.

    A field that is null counts as absent.
    """

    values: Mapping[str, object]
    place: str = ""

    def at(self, key: object) -> str:
        """The place of one field of this object."""
        if isinstance(key, int):
            return f"{self.place}[{key}]"
        return f"{self.place}.{key}" if self.place else str(key)

    def refuse_slips(self, known: frozenset[str]) -> None:
        """Refuse a field that looks like a mistyped one of `known`; leave other unknown fields alone."""
        for key in self.values.keys() - known:
            near = get_close_matches(key, known, n=1, cutoff=TYPING_SLIP)
            if near:
                raise DocumentError(self.at(key), f"모르는 항목입니다. «{near[0]}»의 오타인지 확인하십시오.")

    def required(self, key: str) -> object:
        value = self.values.get(key)
        if value is None:
            raise DocumentError(self.at(key), "값이 없습니다.")
        return value

    def text(self, key: str) -> str:
        """A text of at least one printable character."""
        value = self.required(key)
        if not isinstance(value, str) or not value.strip() or not value.isprintable():
            raise DocumentError(self.at(key), "한 글자 이상의 글이어야 합니다.")
        return value

    def text_or_number(self, key: str) -> str:
        """A text, or a whole number as text: versions are written either way."""
        value = self.required(key)
        return str(value) if _is_whole(value) else self.text(key)

    def name(self, key: str) -> MemberId:
        """An id: a text or a whole number, kept as it is."""
        return as_id(self.required(key), self.at(key))

    def day(self, key: str) -> date:
        return as_day(self.required(key), self.at(key))

    def optional_day(self, key: str) -> date | None:
        return None if self.values.get(key) is None else self.day(key)

    def flag(self, key: str) -> bool:
        value = self.required(key)
        if not isinstance(value, bool):
            raise DocumentError(self.at(key), "true 또는 false여야 합니다.")
        return value

    def whole(self, key: str, low: int, high: int) -> int:
        """A whole number of low..high."""
        value = self.required(key)
        if not _is_whole(value) or not isinstance(value, int) or not low <= value <= high:
            raise DocumentError(self.at(key), f"{low}~{high} 사이의 정수여야 합니다.")
        return value

    def optional_whole(self, key: str, low: int, high: int) -> int | None:
        return None if self.values.get(key) is None else self.whole(key, low, high)

    def choice(self, key: str, choices: type[Choice]) -> Choice:
        return as_choice(self.required(key), choices, self.at(key))

    def choices(self, key: str, choices: type[Choice]) -> frozenset[Choice]:
        """A list of choices; absent is the empty list."""
        return frozenset(as_choice(value, choices, place) for place, value in self.entries(key))

    def entries(self, key: str) -> Iterator[tuple[str, object]]:
        """The places and values of a list; absent is the empty list."""
        values = self.values.get(key)
        if values is None:
            return
        if not isinstance(values, list):
            raise DocumentError(self.at(key), "목록([ ])이어야 합니다.")
        for index, value in enumerate(values):
            yield f"{self.at(key)}[{index}]", value

    def objects(self, key: str) -> list[Fields]:
        """A list of objects, which must be there."""
        self.required(key)
        return [as_object(value, place) for place, value in self.entries(key)]

    def object(self, key: str) -> Fields:
        """An object; absent is the empty one."""
        value = self.values.get(key)
        return Fields({}, self.at(key)) if value is None else as_object(value, self.at(key))

    def span(self, key: str) -> Span:
        """{"days": n} or {"months": n}, n ≥ 1, at most ten years."""
        self.required(key)
        found = self.object(key)
        days = found.optional_whole("days", 1, LONGEST_DAYS)
        months = found.optional_whole("months", 1, LONGEST_MONTHS)
        if (days is None) == (months is None):
            raise DocumentError(found.place, "days와 months 중 하나만 있어야 합니다.")
        return Span(days=days or 0, months=months or 0)

    def optional_span(self, key: str) -> Span | None:
        return None if self.values.get(key) is None else self.span(key)


def as_object(value: object, place: str) -> Fields:
    if not isinstance(value, dict):
        raise DocumentError(place, "객체({ })여야 합니다.")
    return Fields(value, place)


def as_day(value: object, place: str) -> date:
    """A date written YYYY-MM-DD, of the years 1900 to 2200."""
    if not isinstance(value, str) or not ISO_DATE.fullmatch(value):
        raise DocumentError(place, "날짜가 아닙니다. 2026-09-20처럼 적어야 합니다.")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise DocumentError(place, "날짜가 아닙니다. 달력에 없는 날입니다.") from None
    if day.year not in YEARS_READ:
        raise DocumentError(place, f"{YEARS_READ[0]}~{YEARS_READ[-1]}년의 날짜여야 합니다.")
    return day


def as_id(value: object, place: str) -> MemberId:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and value and value.isprintable():
        return value
    raise DocumentError(place, "글자나 정수로 된 id여야 합니다.")


def as_choice(value: object, choices: type[Choice], place: str) -> Choice:
    for choice in choices:
        if value == choice.value:
            return choice
    raise DocumentError(place, f"{', '.join(choices)} 중 하나여야 합니다.")


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
