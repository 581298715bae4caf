"""Korean words in sentences: the particle that fits, and blanks filled as late as possible."""

from __future__ import annotations

from collections.abc import Callable

_PARTICLES = {
    "을": ("을", "를"), "를": ("을", "를"), "은": ("은", "는"), "는": ("은", "는"),
    "이": ("이", "가"), "가": ("이", "가"), "과": ("과", "와"), "와": ("과", "와"),
}  # fmt: skip
_DIGITS_ENDING_IN_CONSONANT = "013678"


def ends_in_consonant(word: str) -> bool:
    """Whether the last syllable has a 받침, as it is read aloud; letters other than Hangul and digits count as without."""
    last = word[-1:]
    if "가" <= last <= "힣":
        return (ord(last) - ord("가")) % 28 != 0
    return bool(last) and last in _DIGITS_ENDING_IN_CONSONANT


class Word(str):
    """A word that takes its particle in a template: "{food:을}" gives 두부조림을 and 카레를."""

    def __format__(self, particle: str) -> str:
        pair = _PARTICLES.get(particle)
        if pair is None:
            return str(self) + particle
        return str(self) + pair[0 if ends_in_consonant(self) else 1]


class Blanks(dict[str, Word]):
    """Words for the blanks of one text. A blank is drawn when first met and stays the same for the whole text."""

    def __init__(self, draw: Callable[[str], str]) -> None:
        super().__init__()
        self._draw = draw

    def __missing__(self, name: str) -> Word:
        word = Word(self._draw(name))
        self[name] = word
        return word

    def fill(self, template: str) -> str:
        """The template with every blank filled."""
        return template.format_map(self)
