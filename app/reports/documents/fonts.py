"""The embedded typeface, with a stand-in for every letter it lacks.

A letter without a glyph is drawn by the nearest one (☑ as ■, − as -), or as 〓. In the file it keeps its own
code point, so that searching and copying the text of a paper give back what was typed. A font that two documents
use at once reads its file at one place: `EMBEDDING` must be held while a document is saved.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from threading import Lock
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

EMBEDDING = Lock()
UNPRINTABLE = "〓"

_LOADING = Lock()
_faces: dict[str, Face] = {}

_FOLDER = Path(__file__).resolve().parents[2] / "static" / "fonts"
_STAND_INS = {
    "☐": "□",
    "☑": "■",
    "☒": "×",
    "✔": "✓",
    "✅": "✓",
    "✕": "×",
    "✖": "×",
    "✗": "×",
    "✘": "×",
    "∼": "~",
    "〜": "~",
    "−": "-",
    "‐": "-",
    "‑": "-",
    "•": "·",
    "・": "·",
}
_BEYOND_BMP = re.compile(r"<([0-9A-F]{5,6})>")


class _Font(TTFont):
    """A TrueType font that can say letters beyond U+FFFF in the map from its glyphs back to text."""

    def addObjects(self, doc: Any) -> None:  # noqa: N802  (the library's name)
        super().addObjects(doc)
        for name, stream in doc.idToObject.items():
            if str(name).startswith("toUnicodeCMap:"):
                stream.content = _BEYOND_BMP.sub(_as_utf16, stream.content)


def _as_utf16(found: re.Match[str]) -> str:
    return f"<{chr(int(found[1], 16)).encode('utf-16-be').hex().upper()}>"


class Face:
    """One weight of the typeface: how wide its letters are, in units of the type size."""

    def __init__(self, name: str, file: str) -> None:
        self.name = name
        font = _Font(name, str(_FOLDER / file))
        pdfmetrics.registerFont(font)
        self.advances = _Advances(font.face)

    def width(self, text: str) -> float:
        """The width of one line of `text`; times the type size in points it is in points."""
        return sum(map(self.advances.__getitem__, text))


class _Advances(dict[str, float]):
    """The advance of each letter met so far. Meeting one without a glyph teaches the font its stand-in."""

    def __init__(self, face: Any) -> None:
        super().__init__()
        self._face = face
        self.unprintable: set[str] = set()

    def __missing__(self, letter: str) -> float:
        code = ord(letter)
        if code not in self._face.charToGlyph:
            self._teach(letter, code)
        self[letter] = self._face.charWidths[code] / 1000
        return self[letter]

    def _teach(self, letter: str, code: int) -> None:
        shown = self._stand_in(letter)
        if shown == UNPRINTABLE:
            self.unprintable.add(letter)
        self._face.charWidths[code] = 0 if _is_invisible(letter) else self._face.charWidths[ord(shown)]
        self._face.charToGlyph[code] = self._face.charToGlyph[ord(shown)]

    def _stand_in(self, letter: str) -> str:
        if _is_invisible(letter):
            return " "
        nearest = (_STAND_INS.get(letter, ""), unicodedata.normalize("NFKC", letter), _bare(letter))
        return next((each for each in nearest if self._has(each)), UNPRINTABLE)

    def _has(self, text: str) -> bool:
        return len(text) == 1 and ord(text) in self._face.charToGlyph


def _is_invisible(letter: str) -> bool:
    """Whether a letter only joins, marks or directs others: variation selectors, zero-width joiners."""
    return unicodedata.category(letter) in {"Cf", "Mn", "Me"}


def _bare(letter: str) -> str:
    """The letter under an accent, which says more of a foreign name than a mark of absence."""
    return unicodedata.normalize("NFD", letter)[:1]


def regular() -> Face:
    return _loaded("NotoSansKR", "NotoSansKR-sub-Regular.ttf")


def bold() -> Face:
    return _loaded("NotoSansKR-Bold", "NotoSansKR-sub-Bold.ttf")


def _loaded(name: str, file: str) -> Face:
    """The face of this name, read once even when two threads ask at the same moment for the first time."""
    with _LOADING:
        if name not in _faces:
            _faces[name] = Face(name, file)
        return _faces[name]


def has_unprintable(text: str) -> bool:
    """Whether some letter of `text` can only be printed as 〓."""
    letters = regular()
    letters.width("".join(set(text)))
    return not letters.advances.unprintable.isdisjoint(text)
