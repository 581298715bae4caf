"""What befalls a name or a date on its way into a list: fingers, ears, keyboards."""

from __future__ import annotations

import unicodedata
from datetime import date
from random import Random

KEYBOARD = ("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", "ㅋㅌㅊㅍㅠㅜㅡ")
"""Two-set (두벌식): letters beside one another are taken for one another."""
INITIALS, VOWELS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ", "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
SOUNDS = (("ㅐ", "ㅔ"), ("ㅖ", "ㅐ"), ("ㅖ", "ㅔ"), ("ㅢ", "ㅣ"), ("ㅚ", "ㅙ"), ("ㅞ", "ㅚ"))
LAW = (("류", "유"), ("리", "이"), ("림", "임"), ("량", "양"), ("려", "여"), ("련", "연"), ("례", "예"), ("로", "노"),
       ("라", "나"), ("녀", "여"), ("룡", "용"), ("률", "율"), ("린", "인"))  # fmt: skip


def parts(letter: str) -> tuple[int, int, int]:
    """Places of a syllable's initial, vowel and final."""
    at = ord(letter) - 0xAC00
    return at // 588, at % 588 // 28, at % 28


def syllable(initial: int, vowel: int, final: int) -> str:
    """The other way round."""
    return chr(0xAC00 + initial * 588 + vowel * 28 + final)


def neighbour(chance: Random, letter: str) -> str:
    """The letter of a key beside this one; the letter itself when it has no key of its own."""
    for row in KEYBOARD:
        if letter in row:
            at = row.index(letter)
            return chance.choice([row[there] for there in (at - 1, at + 1) if 0 <= there < len(row)])
    return letter


def typing_slip(chance: Random, name: str) -> str:
    """One key beside the right one, a final left away, or two syllables turned round."""
    kinds = [_wrong_key, _wrong_key, _wrong_key, _lost_final, _turned]
    for _try in range(40):
        slipped = chance.choice(kinds)(chance, name)
        if slipped != name:
            return slipped
    return name[:-1]


def heard_slip(chance: Random, name: str) -> str:
    """Written as it sounds: 류/유, ㅐ/ㅔ. A name without such a sound loses its way to `typing_slip`."""
    changes = [
        name[:at] + there + name[at + 1 :]
        for at, letter in enumerate(name)
        for pair in LAW
        for here, there in (pair, pair[::-1])
        if letter == here
    ]
    for at, letter in enumerate(name):
        initial, vowel, final = parts(letter)
        for pair in SOUNDS:
            for here, there in (pair, pair[::-1]):
                if VOWELS[vowel] == here:
                    changes.append(name[:at] + syllable(initial, VOWELS.index(there), final) + name[at + 1 :])
    return chance.choice(changes) if changes else typing_slip(chance, name)


def broken_letters(chance: Random, name: str) -> str:
    """A syllable that fell apart («김순ㅈㅏ»), or a letter left over from the keyboard («김순자ㅏ»)."""
    at = chance.randrange(len(name))
    initial, vowel, final = parts(name[at])
    if chance.random() < 0.5:
        return name[: at + 1] + VOWELS[vowel] + name[at + 1 :]
    return name[:at] + INITIALS[initial] + VOWELS[vowel] + FINALS[final] + name[at + 1 :]


def covered(name: str) -> str:
    """«김*자», «남궁*민»."""
    return name[0] + "*" + name[2:]


def as_on_a_mac(text: str) -> str:
    """NFD, as files from macOS bring it."""
    return unicodedata.normalize("NFD", text)


def slip_of_date(chance: Random, born: date) -> date:
    """Day and month turned round, or one figure off."""
    if born.day <= 12 and born.day != born.month and chance.random() < 0.4:
        return born.replace(month=born.day, day=born.month)
    if chance.random() < 0.5:
        return born.replace(year=born.year - 10 if born.year > 1940 else born.year + 1)
    return born.replace(day=born.day - 1 if born.day % 10 > 0 and born.day > 1 else 9 if born.day != 9 else 8)


def _wrong_key(chance: Random, name: str) -> str:
    at = chance.randrange(len(name))
    initial, vowel, final = parts(name[at])
    if chance.random() < 0.5:
        near = neighbour(chance, INITIALS[initial])
        if near not in INITIALS:
            return name
        return name[:at] + syllable(INITIALS.index(near), vowel, final) + name[at + 1 :]
    near = neighbour(chance, VOWELS[vowel])
    return name[:at] + syllable(initial, VOWELS.index(near), final) + name[at + 1 :] if near in VOWELS else name


def _lost_final(chance: Random, name: str) -> str:
    at = chance.randrange(len(name))
    initial, vowel, _final = parts(name[at])
    return name[:at] + syllable(initial, vowel, 0) + name[at + 1 :]


def _turned(chance: Random, name: str) -> str:
    return name[:-2] + name[-1] + name[-2]
