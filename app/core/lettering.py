"""Words in a drawing: where they stand, and about how wide they are. Pure; drawn alike on a page and on paper."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """Text; its anchor is start, middle or end, `y` its base line."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    is_strong: bool = False


def about_as_wide(text: str, size: float) -> float:
    """The width of a text in letters of `size`, never much less than it takes in any of our faces.

    A Korean letter takes nearly its size, an arrow all of it, any other sign little more than half.
    """
    return size * sum(0.95 if letter >= "가" else 1.0 if letter == "→" else 0.58 for letter in text)
