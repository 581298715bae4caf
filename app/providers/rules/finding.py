"""Find a provider by what somebody typed: name, service words, 초성. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from app.core.text import choseong, is_choseong, search_key


def fits(words: str, *, name: str, services: Collection[str], other: Iterable[str] = ()) -> bool:
    """Whether every word of a query is found in the name, in a service, or in `other` (초성 in name and services only).

    Nothing typed fits everything.
    """
    texts = [name, *services]
    return all(_is_in(word, texts, [*texts, *other]) for word in words.split())


def _is_in(word: str, texts: Collection[str], everything: Collection[str]) -> bool:
    if is_choseong(word):
        return any(choseong(word) in choseong(text) for text in texts)
    key = search_key(word)
    return any(key in search_key(text) for text in everything)


def rank(words: str, *, name: str) -> int:
    """0 when the name begins with what was typed, 1 when it holds it, 2 otherwise: the order of what was found."""
    key, given = search_key(words), search_key(name)
    if is_choseong(words):
        key, given = choseong(words), choseong(name)
    if not key or given.startswith(key):
        return 0
    return 1 if key in given else 2
