"""What a value looks like to somebody who may not see all of it. Pure: the standard library only.

Masked forms use the marks of Korean offices (○ for a syllable, * for a figure), so that nobody takes a
masked value for a whole one. Every function answers its own answer with the same again.

Resident registration numbers (주민등록번호) have no place in this system at all (개인정보 보호법 제24조의2:
only where a statute names the use), so free text is searched for their shape.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

NAME_MARK = "○"
FIGURE_MARK = "*"
ADDRESS_MARK = "***"

_TWO_SYLLABLE_SURNAMES = ("남궁", "황보", "제갈", "사공", "선우", "서문", "독고", "동방", "망절")
_KOREAN_NAME = re.compile(r"[가-힣][가-힣○]+")

_GAP = r"[ \t\u00a0.\-‐‑–−－]{0,3}"
_PHONE = re.compile(
    rf"(?<!\d)(?P<before>(?:\+82{_GAP}\(?0?\)?\d{{1,2}}|\(?0(?:2|\d{{2}})\)?){_GAP})"
    rf"(?P<middle>\d{{3,4}}|\*{{3,4}})(?P<after>{_GAP}\d{{4}})(?!\d)"
)
_ALL_BUT_LAST_FOUR = re.compile(r"\d(?=(?:\D*\d){4})")
_RESIDENT_NUMBER = re.compile(
    rf"(?<!\d)(?P<born>\d{{2}}(?P<month>\d{{2}})(?P<day>\d{{2}})){_GAP}(?P<hidden>[1-8１-８]\d{{6}})(?!\d)"
)
_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_WING = re.compile(r"(?:제?\d+|[가나다라마바사아자차카타파하A-Za-z])동")
_DONG = re.compile(r"[가-힣]+(?:\d+[·.]?)*(?:가?동|읍|면)|[가-힣]+\d+가")
_AREA = re.compile(r"[가-힣]+(?:시|도|군|구|리)")
_STREET = re.compile(r"[가-힣A-Za-z·]+\d*(?:대로|로|길)(?:\d+번?길)?|\d+번?길")
_YEAR = re.compile(r"(?<!\d)(?:18|19|20)\d{2}(?!\d)")


def mask_name(name: str) -> str:
    """The surname and a mark for each further syllable: «김순자» becomes «김○○». Empty stays empty.

    A name not written in Hangul keeps its first letter only: «Nguyen Thi Hoa» becomes «N○○».
    """
    name = unicodedata.normalize("NFC", name).strip()
    if not _KOREAN_NAME.fullmatch(name):
        return name and name[0] + NAME_MARK * 2
    kept = 2 if len(name) > 2 and name.startswith(_TWO_SYLLABLE_SURNAMES) else 1
    return name[:kept] + NAME_MARK * (len(name) - kept)


def mask_phone(phone: str) -> str:
    """The middle figures hidden: «010-2646-2265» becomes «010-****-2265».

    A value that has not the shape of a telephone number keeps its last four figures at most.
    """
    masked, found = _PHONE.subn(_hide_middle, phone)
    return masked if found else _ALL_BUT_LAST_FOUR.sub(FIGURE_MARK, phone)


def mask_phones(text: str) -> str:
    """Free text with the middle figures of every telephone number in it hidden."""
    return _PHONE.sub(_hide_middle, text)


def _hide_middle(found: re.Match[str]) -> str:
    return found["before"] + FIGURE_MARK * len(found["middle"]) + found["after"]


def mask_address(address: str) -> str:
    """An address down to the road or the 동, never to the building: «한빛구 가람로12길 34, 101호 (가람동)»
    becomes «한빛구 가람로12길 *** (가람동)». What cannot be read as area or road is hidden.
    """
    outside, _, _ = address.partition("(")
    parts = outside.split()
    shown = list(takewhile(_is_area_or_street, parts))
    if len(shown) == len(parts):
        return address.strip()
    dong = dong_of(address)
    aside = f"({dong})" if dong and dong not in shown else ""
    return " ".join(filter(None, (*shown, ADDRESS_MARK, aside)))


def dong_of(address: str) -> str:
    """The 읍·면·동 of an address, "" when it names none. A wing of a building («101동») is not one."""
    parts = re.split(r"[\s(),]+", address)
    return next((part for part in parts if _is_dong(part)), "")


def _is_dong(part: str) -> bool:
    return _DONG.fullmatch(part) is not None and _WING.fullmatch(part) is None


def _is_area_or_street(part: str) -> bool:
    return _is_dong(part) or any(shape.fullmatch(part) for shape in (_AREA, _STREET))


def mask_birth(born: str) -> str:
    """The year of a birth date as printed: «1941-03-02» becomes «1941년». Without a year, all is hidden."""
    year = _YEAR.search(born)
    if year:
        return f"{year[0]}년"
    return FIGURE_MARK * 4 if born.strip() else ""


def age_band(age: int) -> str:
    """The ten years an age in years belongs to: 85 is «80대». Under 10 and from 100 the band is open."""
    if age < 10:
        return "10세 미만"
    return "100세 이상" if age >= 100 else f"{age // 10 * 10}대"


@dataclass(frozen=True, slots=True)
class ResidentNumber:
    """Where in a text a resident number stands. Never the number: it would travel on into logs."""

    start: int
    stop: int


def find_resident_numbers(text: str) -> list[ResidentNumber]:
    """Every place in `text` with the shape of a 주민등록번호, in order.

    Six figures that are a day of a year, an optional gap, a figure 1-8 and six more. The check digit is not
    asked for: numbers given since October 2020 have none.
    """
    return [ResidentNumber(found.start(), found.end()) for found in _resident_numbers(text)]


def mask_resident_numbers(text: str) -> str:
    """`text` with the last seven figures of every resident number hidden: «410302-*******»."""
    pieces, at = [], 0
    for found in _resident_numbers(text):
        pieces += [text[at : found.start("hidden")], FIGURE_MARK * 7]
        at = found.end()
    return "".join((*pieces, text[at:]))


def _resident_numbers(text: str) -> Iterator[re.Match[str]]:
    return (found for found in _RESIDENT_NUMBER.finditer(text) if _is_a_day(found))


def _is_a_day(found: re.Match[str]) -> bool:
    month, day = int(found["month"]), int(found["day"])
    return 1 <= month <= 12 and 1 <= day <= _DAYS_IN_MONTH[month - 1]
