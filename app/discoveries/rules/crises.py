"""Crisis information (위기정보): which codes there are is data; how a cell names them is read here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.core.text import search_key

_BETWEEN = re.compile(r"[,;|\n、，](?![^()]*\))")
_PERHAPS_BETWEEN = re.compile(r"[·/](?![^()]*\))")
_SEEN_WORDS = 5_000
_BRACKETED = re.compile(r"\([^()]*\)")
_AMOUNT = re.compile(r"\d[\d,.]*(?:개월|월|회|만?원|차)(?:이상|째|연속|체납|연체)*$")


@dataclass(frozen=True, slots=True)
class CrisisCode:
    """One kind of crisis information, as the ministry's system or a list names it."""

    code: str
    """Stable, e.g. CI_POWER_CUT."""
    label: str
    aliases: tuple[str, ...] = ()
    threshold: str = ""
    """From when on it counts, in words."""
    source: str = ""
    confidence: str = ""
    """H certain, M likely, L from general knowledge."""


class CrisisCodes:
    """The codes in force, found by code, label or alias, whatever the spacing."""

    def __init__(self, codes: Iterable[CrisisCode]) -> None:
        self.codes = tuple(codes)
        self._labels = {code.code: code.label for code in self.codes}
        aliases = {search_key(alias): code.code for code in self.codes for alias in code.aliases}
        names = {search_key(name): code.code for code in self.codes for name in (code.code, code.label)}
        self._by_key = aliases | names  # a label wins over another code's alias
        self._seen: dict[str, str | None] = {}

    def label_of(self, code: str) -> str:
        """The Korean word of a code; a code no longer in force is its own word."""
        return self._labels.get(code, code)

    def read(self, cell: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The codes a cell names, each once and in order, and the words that name none.

        «건강보험료 체납(6개월), 단전» names two. A dot or slash separates only where the whole is no name itself.
        """
        codes: dict[str, None] = {}
        unknown: list[str] = []
        for part in _BETWEEN.split(cell):
            if code := self._find(part):
                codes[code] = None
            else:
                self._read_pieces(part, codes, unknown)
        return tuple(codes), tuple(unknown)

    def _read_pieces(self, part: str, codes: dict[str, None], unknown: list[str]) -> None:
        for piece in filter(None, map(str.strip, _PERHAPS_BETWEEN.split(part))):
            if code := self._find(piece):
                codes[code] = None
            else:
                unknown.append(piece)

    def _find(self, word: str) -> str | None:
        """The code of a word; lists repeat few words very often, so answers are remembered."""
        if word not in self._seen:
            if len(self._seen) >= _SEEN_WORDS:
                self._seen.clear()
            self._seen[word] = self._look_up(word)
        return self._seen[word]

    def _look_up(self, word: str) -> str | None:
        """By the word as it stands, without what is in brackets, without an amount at its end."""
        key = search_key(word)
        bare = _BRACKETED.sub("", key)
        candidates = (key, bare, _AMOUNT.sub("", bare))
        return next((self._by_key[candidate] for candidate in candidates if candidate in self._by_key), None)


def crisis_codes_from(text: str) -> CrisisCodes:
    """The codes of a JSON document as in seed_data/crisis_codes.json.

    Raises:
        ValueError: no such document.
    """
    rows = json.loads(text)["codes"]
    return CrisisCodes(
        CrisisCode(
            code=row["code"],
            label=row["label"],
            aliases=tuple(row.get("aliases", ())),
            threshold=row.get("threshold") or "",
            source=row.get("source", ""),
            confidence=row.get("confidence", ""),
        )
        for row in rows
    )
