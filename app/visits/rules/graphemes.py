"""Cutting text where a reader sees a boundary: never inside 각 typed as jamo, a flag, or a family emoji."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_JOINER = "\u200d"
_ELLIPSIS = "…"
_LONGEST_CLUSTER = 64  # nothing real is longer; bounds the work on a note of 10,000 characters

_JAMO_RANGES = (
    ("\u1100", "\u115f", "L"),
    ("\ua960", "\ua97c", "L"),
    ("\u1160", "\u11a7", "V"),
    ("\ud7b0", "\ud7c6", "V"),
    ("\u11a8", "\u11ff", "T"),
    ("\ud7cb", "\ud7fb", "T"),
)
_MAY_PRECEDE = {
    **dict.fromkeys(("L", "LV", "LVT"), ("L",)),
    "V": ("L", "V", "LV"),
    "T": ("V", "T", "LV", "LVT"),
    "": (),
}


def cut(text: str, limit: int) -> str:
    """`text` in at most `limit` visible characters, ending in «…» when something was left out.

    A visible character is a grapheme cluster, by those of Unicode's rules (UAX #29) that Korean notes meet:
    marks, conjoining jamo, joined emoji, skin tones, flags. ValueError when `limit` is below 1.
    """
    if limit < 1:
        raise ValueError("limit must be at least 1")
    looked_at = text[: limit * _LONGEST_CLUSTER]
    clusters = split_clusters(looked_at)
    if len(clusters) <= limit and looked_at == text:
        return text
    return "".join(clusters[: limit - 1]).rstrip() + _ELLIPSIS


def split_clusters(text: str) -> list[str]:
    """The visible characters of `text`, in order; joined together they are `text` again."""
    return list(_clusters(text))


def _clusters(text: str) -> Iterator[str]:
    cluster = ""
    for character in text:
        if cluster and not _sticks(cluster, character):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster


def _sticks(cluster: str, character: str) -> bool:
    last = cluster[-1]
    if (last, character) == ("\r", "\n"):
        return True
    if unicodedata.category(last) == "Cc":
        return False
    return (
        _extends(character)
        or _joins_emoji(cluster, character)
        or _completes_flag(cluster, character)
        or _continues_syllable(last, character)
    )


def _extends(character: str) -> bool:
    is_mark = unicodedata.category(character) in ("Mn", "Mc", "Me")
    is_skin_tone = "\U0001f3fb" <= character <= "\U0001f3ff"
    is_tag = "\U000e0020" <= character <= "\U000e007f"
    return is_mark or is_skin_tone or is_tag or character in (_JOINER, "\u200c")


def _joins_emoji(cluster: str, character: str) -> bool:
    return cluster[-1] == _JOINER and _is_emoji(cluster[0]) and _is_emoji(character)


def _is_emoji(character: str) -> bool:
    return unicodedata.category(character) == "So" and not _is_flag_letter(character)


def _completes_flag(cluster: str, character: str) -> bool:
    return len(cluster) == 1 and _is_flag_letter(cluster) and _is_flag_letter(character)


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _continues_syllable(last: str, character: str) -> bool:
    return _jamo(last) in _MAY_PRECEDE[_jamo(character)]


def _jamo(character: str) -> str:
    """Which part of a Hangul syllable this is, by the names of UAX #29; empty for anything else."""
    if "가" <= character <= "힣":
        return "LVT" if (ord(character) - ord("가")) % 28 else "LV"
    return next((part for first, last, part in _JAMO_RANGES if first <= character <= last), "")
