"""Which lines below the heading are people, and which only look like rows."""

from __future__ import annotations

import re
from typing import NamedTuple

from app.core.privacy import mask_resident_numbers
from app.core.tables.rows import TableRow
from app.core.text import has_only_visible_letters, normalise, search_key
from app.discoveries.rules.columns import Heading
from app.discoveries.rules.vocabulary import ListColumn, SkippedLine

_COUNTED = r"[:：]?[\d,]*(?:명|건|세대|가구)?"
_TOTAL = re.compile(rf"(?:(?:총|합|소|누|총합|전체)?계|총원|총인원|총){_COUNTED}")
_GRAND_TOTAL = re.compile(rf"(?:(?:총|합|총합|전체)계|계|총원|총인원|총){_COUNTED}")
_NUMBER_OF_PEOPLE = re.compile(r"(\d[\d,]{0,8})\s*명")
_REMARK = re.compile(r"[※*☆★▶□■◎◇]|이하여백|끝\.?$|-끝-|주\)|작성(?:자|일)|출처[:：]|문의(?:처|전화|[:：])")
_SAYS_WHO = (
    ListColumn.NAME, ListColumn.BIRTH, ListColumn.PHONE, ListColumn.ROAD_ADDRESS, ListColumn.LOT_ADDRESS,
    ListColumn.UNIT, ListColumn.CRISES,
)  # fmt: skip


class Line(NamedTuple):
    """A row of the table, opened for reading."""

    row: TableRow
    """As typed. Not to be kept: it may hold resident numbers."""
    cells: tuple[str, ...]
    """As typed, resident numbers masked: what may be kept and shown."""
    texts: tuple[str, ...]
    """The masked cells normalised, as many as the heading has or more."""


def open_line(row: TableRow, width: int) -> Line:
    """The row with resident numbers masked and every cell normalised, filled up to `width` cells."""
    whole = "|".join(row.cells)  # most rows need nothing: one look at the whole instead of one at every cell
    cells = row.cells if mask_resident_numbers(whole) == whole else tuple(map(mask_resident_numbers, row.cells))
    is_tidy = "  " not in whole and has_only_visible_letters(whole)
    texts = tuple(map(str.strip if is_tidy else normalise, cells))
    return Line(row, cells, texts + ("",) * (width - len(texts)))


def skipped_kind(line: Line, heading: Heading) -> SkippedLine | None:
    """Why the line is nobody's, or None when it is somebody's and must get a result.

    A line that names, dates, reaches, places anybody or says a crisis is somebody's, however much is missing.
    """
    texts = line.texts
    if heading.text(texts, ListColumn.NAME) and heading.text(texts, ListColumn.BIRTH)[:1].isdecimal():
        return None  # nearly every row: a name, and a figure where the birth date stands
    filled = list(filter(None, texts))
    if not filled or _is_only_numbered(texts, heading, filled):
        return SkippedLine.EMPTY
    if heading.is_repeated_by(texts):
        return SkippedLine.HEADING
    if _total_words(texts, heading, _TOTAL):
        return SkippedLine.TOTAL
    if len(filled) == 1 and _REMARK.match(search_key(filled[0])):
        return SkippedLine.REMARK
    return None if any(heading.text(texts, column) for column in _SAYS_WHO) else SkippedLine.REMARK


def declared_total(line: Line, heading: Heading) -> int | None:
    """How many people a total line says there are; None for a sub-total or when it does not say."""
    if not _total_words(line.texts, heading, _GRAND_TOTAL):
        return None
    found = _NUMBER_OF_PEOPLE.search(" ".join(line.texts))
    return int(found[1].replace(",", "")) if found else None


def _is_only_numbered(texts: tuple[str, ...], heading: Heading, filled: list[str]) -> bool:
    """Forms come with numbered lines to be filled in."""
    return len(filled) == 1 and filled[0].isdecimal() and filled[0] == heading.text(texts, ListColumn.NUMBER)


def _total_words(texts: tuple[str, ...], heading: Heading, words: re.Pattern[str]) -> bool:
    """Whether the first filled cell or the name says «합계» and the like, with no birth date beside it."""
    if heading.text(texts, ListColumn.BIRTH):
        return False
    first = next(filter(None, texts), "")
    return any(words.fullmatch(search_key(text)) for text in (first, heading.text(texts, ListColumn.NAME)))
