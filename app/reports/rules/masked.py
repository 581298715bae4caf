"""Facts with the values hidden that a masking level hides. What is hidden is gone, not covered.

The type of a field says what it holds (`values.Holds`). Where a person or the program wrote sentences, the
hidden values of the same paper are looked for and masked there too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

from app.core import privacy
from app.reports.rules.register import Masking
from app.reports.rules.stored import Facts
from app.reports.rules.values import Holds, is_record

HIDDEN = "(비공개)"
PROSE_LEFT_OUT = "(통계용이라 싣지 않음)"

_AGE = re.compile(r"(?:만\s*)?(\d{1,3})\s*세?")

F = TypeVar("F", bound=Facts)


def masked(facts: F, level: Masking) -> F:
    """`facts` at `level`, with the level written into the letterhead. Facts once masked stay masked.

    At every level resident numbers in written text lose their last seven figures: no paper of this office may
    carry one.
    """
    hidden: F = _rebuild(facts, None, _mask_for(facts, level))
    return replace(hidden, letterhead=replace(facts.letterhead, masking=level))


def _nothing(value: str) -> str:
    return value


def _hide(value: str) -> str:
    return HIDDEN if value.strip() else value


def _dong_only(value: str) -> str:
    return privacy.dong_of(value) or _hide(value)


def _band(value: str) -> str:
    years = _AGE.fullmatch(value.strip())
    return privacy.age_band(int(years[1])) if years else value


_RULES: dict[Masking, dict[Holds, Callable[[str], str]]] = {
    Masking.FULL: {},
    Masking.AGENCY: {
        Holds.PHONE: privacy.mask_phone,
        Holds.ADDRESS: privacy.mask_address,
        Holds.BIRTH: privacy.mask_birth,
    },
    Masking.STATISTICS: {
        Holds.NAME: privacy.mask_name,
        Holds.PHONE: _hide,
        Holds.ADDRESS: _dong_only,
        Holds.BIRTH: _hide,
        Holds.AGE: _band,
    },
}


@dataclass(frozen=True, slots=True)
class _Mask:
    """How one paper hides: by what a field holds, and by the values known to be hidden elsewhere in it."""

    level: Masking
    replacements: dict[str, str] | None = None
    pattern: re.Pattern[str] | None = None

    def __call__(self, value: str, holds: Holds | None) -> str:
        if holds is Holds.PROSE:
            return self._prose(value)
        if holds is Holds.SENTENCE:
            return self._scrub(value)
        return _RULES[self.level].get(holds, _nothing)(value) if holds else value

    def _prose(self, text: str) -> str:
        if self.level is Masking.STATISTICS:
            return PROSE_LEFT_OUT if text.strip() else text
        text = self._scrub(privacy.mask_resident_numbers(text))
        return text if self.level is Masking.FULL else privacy.mask_phones(text)

    def _scrub(self, text: str) -> str:
        if self.pattern is None or not self.replacements:
            return text
        known = self.replacements
        return self.pattern.sub(lambda found: known[found[0]], unicodedata.normalize("NFC", text))


def _mask_for(facts: Facts, level: Masking) -> _Mask:
    known = dict(_replacements(facts, _RULES[level]))
    longest_first = sorted(known, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first))) if known else None
    return _Mask(level, known, pattern)


def _replacements(facts: Facts, rules: dict[Holds, Callable[[str], str]]) -> Iterator[tuple[str, str]]:
    """What this paper hides and by what. Ages are left out: «85» stands in too many other words."""
    for value, holds in _texts(facts, None):
        if holds in rules and holds is not Holds.AGE and len(value.strip()) > 1:
            whole = unicodedata.normalize("NFC", value.strip())
            yield whole, rules[holds](whole)


def _texts(value: Any, holds: Holds | None) -> Iterator[tuple[str, Holds | None]]:
    if isinstance(value, str):
        yield value, holds
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each, holds)
    elif is_record(value):
        for name, held in _held_by(value.__class__).items():
            yield from _texts(getattr(value, name), held)


def _rebuild(value: Any, holds: Holds | None, mask: _Mask) -> Any:
    if isinstance(value, str):
        return mask(value, holds)
    if isinstance(value, tuple):
        return tuple(_rebuild(each, holds, mask) for each in value)
    if is_record(value):
        held = _held_by(value.__class__)
        return replace(value, **{name: _rebuild(getattr(value, name), held[name], mask) for name in held})
    return value


@cache
def _held_by(kind: Any) -> dict[str, Holds | None]:
    """What each field of a dataclass holds, read off its types once."""
    hints = get_type_hints(kind, include_extras=True)
    return {each.name: _holds(hints[each.name]) for each in fields(kind)}


def _holds(hint: Any) -> Holds | None:
    if get_origin(hint) is Annotated:
        return next((mark for mark in get_args(hint) if isinstance(mark, Holds)), None)
    return _holds(get_args(hint)[0]) if get_origin(hint) is tuple else None
