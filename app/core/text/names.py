"""Names of people as lists write them: one key for one name, and which two names may be one by a slip of the hand.

A slip is one letter (jamo) changed, lost, added or swapped with its neighbour, or what sounds the same (이/리, 류/유,
ㅐ/ㅔ). Two such names may be two people: whoever uses this has to look further. (Two slips were tried on labelled
pairs: a tenth more of those were found, and twice as many people asked about for nothing.)
"""

from __future__ import annotations

import re
from functools import lru_cache

from app.core.text.characters import INITIALS, narrow, normalise

HIDDEN = "○"
"""Stands in a key for each letter that a list covers up («김*자», «김O자»)."""

_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
_FIRST_SYLLABLE, _PER_INITIAL, _PER_VOWEL = 0xAC00, 588, 28
_SYLLABLES = re.compile("[가-힣]+")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>|〈[^〈〉]*〉|\{[^{}]*\}")
_COVERS = re.compile(r"[*○◯●〇◎□■✱＊]")
_LETTERS_AS_COVER = re.compile(r"(?<=[가-힣○])[OXox0]+(?=[가-힣○]|$)")
_ADDRESSED = re.compile(r"(?<=[가-힣]{2})(?: ?(?:어르신|할머니|할아버지|선생님|귀하))+$|(?<=[가-힣]) (?:님|씨)$")
_SHORTEST_ADDRESSED = 4
_FIGURES = re.compile(r"\d+")
_NOT_IN_A_NAME = re.compile(rf"[^\w{HIDDEN}]|_")
_SOUNDS = str.maketrans("ㅔㅒㅖㅚㅞㅢ", "ㅐㅐㅐㅙㅙㅣ")
_BEFORE_Y = frozenset("ㅑㅒㅕㅖㅛㅠㅣ")
_FEWEST_LATIN = 6
"""Of so many letters a Latin name may miss one; «Lan» and «Lam» are two names."""
_FEWEST_FOREIGN = 4
"""Of so many syllables a name in 한글 may be one from abroad: «응우옌티란»."""
_FEWEST_SYLLABLES = 3
"""Of so many syllables one may be missing; «김순» is not «김»."""


def name_key(text: str) -> str:
    """A name to compare by: «남궁 민», «남궁민(모)» and «남궁민 님» are one; «김*자» and «김O자» are «김○자».

    NFC, without spaces, brackets and marks, in lower case. A number that tells namesakes apart («김순자2») stays.
    """
    while not _SYLLABLES.fullmatch(text):  # nearly every name is there at once
        key = _tidied(text)
        if key == text:
            break
        text = key
    return text if len(text) < _SHORTEST_ADDRESSED else _ADDRESSED.sub("", text)


def _tidied(text: str) -> str:
    """One step: brackets, how people are addressed, what covers letters, marks, numbers, spaces."""
    text = _ADDRESSED.sub("", _bare(narrow(normalise(text))))
    plain = _NOT_IN_A_NAME.sub("", _COVERS.sub(HIDDEN, text))
    covered = _LETTERS_AS_COVER.sub(lambda match: HIDDEN * len(match[0]), plain)
    return normalise(covered.casefold())


def is_whole_name(key: str) -> bool:
    """Whether a name says who somebody is: nothing covered up, two letters at least, no «아기» still without a name."""
    return HIDDEN not in key and len(key) > 1 and not key.endswith(("아기", "신생아", "불상", "미상"))


def are_alike(first: str, second: str) -> bool:
    """Whether two different keys may be one name by a slip, a lost syllable, or what one list covers up.

    «김순자1» and «김순자2» are not: whoever wrote the numbers tells two people apart.
    """
    if _are_told_apart(first, second):
        return False
    if HIDDEN in first or HIDDEN in second:
        return _agree_where_shown(first, second)
    if first.isascii() or second.isascii():
        return _are_alike_in_latin(first, second)
    return (
        is_one_slip(_as_heard(first), _as_heard(second)) or _is_syllable_lost(first, second) or _is_swapped(first, second)
    )  # fmt: skip


def _are_alike_in_latin(first: str, second: str) -> bool:
    """A letter missed, the words in another order, or the sound of it in 한글, which is long and says no letter."""
    if first.isascii() != second.isascii():
        return max(len(each) for each in (first, second) if not each.isascii()) >= _FEWEST_FOREIGN
    if min(len(first), len(second)) < _FEWEST_LATIN:
        return False
    return is_one_slip(first, second) or sorted(first) == sorted(second)


def is_one_slip(first: str, second: str) -> bool:
    """Whether at most one letter was changed, lost, added or swapped with its neighbour."""
    if abs(len(first) - len(second)) > 1:
        return False
    start = _same_letters(first, second)
    first, second = first[start:], second[start:]
    end = _same_letters(first[::-1], second[::-1])
    first, second = first[: len(first) - end], second[: len(second) - end]
    return max(len(first), len(second)) <= 1 or (len(first) == 2 and first == second[::-1])


def _bare(text: str) -> str:
    without = " ".join(_BRACKETED.sub(" ", text).split())
    return without or text


def _are_told_apart(first: str, second: str) -> bool:
    numbers = _FIGURES.findall(first), _FIGURES.findall(second)
    return all(numbers) and numbers[0] != numbers[1]


def _agree_where_shown(first: str, second: str) -> bool:
    if len(first) != len(second) or first[:1] == HIDDEN or second[:1] == HIDDEN:
        return False
    return all(one == other or HIDDEN in (one, other) for one, other in zip(first, second, strict=True))


def _is_syllable_lost(first: str, second: str) -> bool:
    short, long = sorted((first, second), key=len)
    if len(long) != len(short) + 1 or len(long) < _FEWEST_SYLLABLES:
        return False
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _is_swapped(first: str, second: str) -> bool:
    """Two neighbouring syllables in the wrong order: «김자순» for «김순자»."""
    return (
        first != second and len(first) == len(second) and is_one_slip(first, second) and len(_apart(first, second)) == 2
    )


def _apart(first: str, second: str) -> list[int]:
    return [at for at, (one, other) in enumerate(zip(first, second, strict=True)) if one != other]


@lru_cache(maxsize=8192)
def _as_heard(name: str) -> str:
    """The jamo of a name in a row, what sounds alike made one."""
    return "".join(map(_sounds_of, name))


def _sounds_of(letter: str) -> str:
    if not _SYLLABLES.fullmatch(letter):
        return letter.translate(_SOUNDS)
    at = ord(letter) - _FIRST_SYLLABLE
    vowel = _VOWELS[at % _PER_INITIAL // _PER_VOWEL]
    initial = _initial_as_heard(INITIALS[at // _PER_INITIAL], vowel)
    return f"{initial}{vowel.translate(_SOUNDS)}{_FINALS[at % _PER_VOWEL]}"


def _initial_as_heard(initial: str, vowel: str) -> str:
    """두음법칙 (한글 맞춤법 제10–12항): 류 is written 유, 리 이, 라 나, by whoever hears the name."""
    if initial in "ㄹㄴ" and vowel in _BEFORE_Y:
        return "ㅇ"
    return "ㄴ" if initial == "ㄹ" else initial


def _same_letters(first: str, second: str) -> int:
    """How many letters agree from the start."""
    for at, (one, other) in enumerate(zip(first, second, strict=False)):
        if one != other:
            return at
    return min(len(first), len(second))
