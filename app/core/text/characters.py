"""Letters and white space: one spelling for what looks the same, and the keys a name is searched by."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
"""The nineteen initial consonants, in the order of the Unicode syllable block."""

# A keyboard joins two initials typed in a row into one letter («ㄱㅅ» arrives as «ㄳ»).
_JOINED = {
    "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ",
    "ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ",
}  # fmt: skip

_FIRST_SYLLABLE, _LAST_SYLLABLE, _PER_INITIAL = 0xAC00, 0xD7A3, 588

# Control characters that are not white space, soft hyphen, zero-width and direction marks, byte order mark,
# and lone surrogates, which no database can store.
# A joiner between two pictures is what makes them one (👩‍⚕️), so there it stays.
_PICTURE = "[\u2600-\u27bf\ufe0f\U0001f000-\U0001faff]"
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e"
    "\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]+"
    f"|(?<!{_PICTURE})\u200d|\u200d(?!{_PICTURE})"
)
_SYLLABLES = re.compile("[가-힣]+")
_HANGUL_FILLER = re.compile("[\u3164\uffa0]")  # looks like a blank, is a letter to Unicode
_INVISIBLE_BUT_PRINTABLE = re.compile("[\u034f\u3164\uffa0]")  # to Python's `isprintable`

_NARROW = (
    {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | dict.fromkeys(map(ord, "‐‑‒–—―−"), "-") | {0x3000: " "}
)


def normalise(text: str) -> str:
    """`text` in NFC, without invisible characters, every run of white space one space, none at the ends.

    «김영희» typed on a Mac (NFD) and on a PC (NFC) become equal. Applying it twice changes nothing.
    """
    if not has_only_visible_letters(text):
        text = _INVISIBLE.sub("", _HANGUL_FILLER.sub(" ", text))
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.split())


def narrow(text: str) -> str:
    """`text` with full-width letters and figures («１０１호») and every kind of dash as a keyboard types them."""
    return text if text.isascii() else text.translate(_NARROW)


def has_only_visible_letters(text: str) -> bool:
    """Whether `text` is NFC without invisible letters and line breaks, so that only its spaces may need tidying."""
    return (
        text.isprintable()
        and (text.isascii() or not _INVISIBLE_BUT_PRINTABLE.search(text))
        and unicodedata.is_normalized("NFC", text)
    )


def search_key(text: str) -> str:
    """`text` as it is compared: normalised, unspaced, in lower case («남궁 민» equals «남궁민»)."""
    if _SYLLABLES.fullmatch(text):
        return text  # nearly every name: nothing to do
    spaced = normalise(text)
    compact = spaced.replace(" ", "")
    if compact != spaced and not compact.isascii():
        compact = unicodedata.normalize("NFC", compact)  # two letters met where a space stood
    folded = compact.casefold()
    return compact if folded == compact else normalise(folded)


def choseong(text: str) -> str:
    """The initial consonants of `text`: «김순자» gives «ㄱㅅㅈ». Other letters stay, unspaced."""
    return "".join(map(_initials_of, search_key(text)))


def is_choseong(query: str) -> bool:
    """Whether somebody typed initial consonants only («ㄱㅅㅈ», also as the keyboard joins them, «ㄳㅈ»)."""
    key = search_key(query)
    return bool(key) and not any(map(_is_syllable, key)) and all(c in INITIALS for c in choseong(key))


def query_grams(query: str) -> tuple[str, ...]:
    """The stored grams that a name containing `query` must have, in order; one letter is its own gram.

    Every name that contains the query has all of them. A name that has all of them need not contain the query
    (three letters and more): compare `search_key` afterwards.
    """
    key = search_key(query)
    if len(key) < 2:
        return (key,) if key else ()
    return tuple(dict.fromkeys(map("".join, pairwise(key))))


def _is_syllable(letter: str) -> bool:
    return _FIRST_SYLLABLE <= ord(letter) <= _LAST_SYLLABLE


def _initials_of(letter: str) -> str:
    code = ord(letter)
    if _FIRST_SYLLABLE <= code <= _LAST_SYLLABLE:
        return INITIALS[(code - _FIRST_SYLLABLE) // _PER_INITIAL]
    if 0x1100 <= code <= 0x1112:  # the same consonants as separate jamo
        return INITIALS[code - 0x1100]
    return _JOINED.get(letter, letter)
