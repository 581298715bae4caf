"""Text to lines. Strings are set exactly as they are: there is no markup to escape and nothing to clip."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from app.reports.documents import fonts
from app.reports.documents.fonts import Face

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_HALF_A_LETTER = re.compile(r"[\ud800-\udfff]")
_LONGEST_KEPT = 40
_BETWEEN_WORDS = re.compile(
    r" (?!(?<=\d{4}\. )\d{1,2}\.)(?!(?<=\d{4}\. \d\. )\d{1,2}\.)(?!(?<=\d{4}\. \d\d\. )\d{1,2}\.)"
)
"""A space, but for those within a day: «2026. 11. 23.» is read as one word."""


def clean(text: str) -> str:
    """`text` as letters a page can show: composed (NFC), tabs as spaces, without control characters."""
    text = unicodedata.normalize("NFC", text).replace("\t", "    ")
    return _HALF_A_LETTER.sub("\ufffd", _CONTROL.sub("", text))


class Typesetter:
    """Breaks text into lines for one document, and remembers the widths of the words it has met.

    Lines break between words (어절), as Korean is set, and never within a day («2026. 9. 20.») that fits on one; a
    word wider than its column is broken where the column ends. All widths are in units of the type size, so one
    answer serves every size.
    """

    def __init__(self) -> None:
        self.regular = fonts.regular()
        self.bold = fonts.bold()
        self._widths: dict[tuple[str, str], float] = {}
        self._lines: dict[tuple[str, float, str], list[str]] = {}

    def width(self, text: str, face: Face) -> float:
        """The width of one line of clean text."""
        key = (face.name, text)
        known = self._widths.get(key)
        if known is None:
            known = self._widths[key] = face.width(text)
        return known

    def widest_word(self, text: str, face: Face) -> float:
        """The width of the widest word, which no narrower line can hold."""
        words = (word for line in clean(text).splitlines() for word in _BETWEEN_WORDS.split(line))
        return max((self.width(word, face) for word in words), default=0.0)

    def lines(self, text: str, face: Face, room: float) -> list[str]:
        """`text` in lines no wider than `room` (at least one line, and at least one letter on each)."""
        if len(text) > _LONGEST_KEPT:
            return list(self._wrapped(text, face, room))
        key = (face.name, room, text)
        known = self._lines.get(key)
        if known is None:
            known = self._lines[key] = list(self._wrapped(text, face, room))
        return known

    def _wrapped(self, text: str, face: Face, room: float) -> Iterator[str]:
        for paragraph in clean(text).splitlines() or [""]:
            if len(paragraph) <= _LONGEST_KEPT and self.width(paragraph, face) <= room:
                yield paragraph
            else:
                yield from self._filled(paragraph, face, room)

    def _filled(self, paragraph: str, face: Face, room: float) -> Iterator[str]:
        space = self.width(" ", face)
        line: list[str] = []
        used = 0.0
        for word in self._words(paragraph, face, room):
            wide = self.width(word, face)
            if line and used + space + wide > room:
                yield " ".join(line)
                line = []
            if wide > room:
                *full, word = _broken(word, face, room)
                yield from full
                wide = face.width(word)
            used = used + space + wide if line else wide
            line.append(word)
        yield " ".join(line)

    def _words(self, paragraph: str, face: Face, room: float) -> Iterator[str]:
        """What a line is not broken within: words, and days that fit on one."""
        for word in _BETWEEN_WORDS.split(paragraph):
            yield from (word,) if " " not in word or self.width(word, face) <= room else word.split(" ")


def _broken(word: str, face: Face, room: float) -> Iterator[str]:
    """A run without a space in pieces that fit, at least one letter each; one pass, however long."""
    start, used = 0, 0.0
    for at, letter in enumerate(word):
        used += face.advances[letter]
        if used > room and at > start:
            yield word[start:at]
            start, used = at, face.advances[letter]
    yield word[start:]
