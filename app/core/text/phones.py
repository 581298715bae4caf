"""Korean telephone numbers: the figures alone are stored, hyphens are put back for reading."""

from __future__ import annotations

import re
import unicodedata

_SHAPES = re.compile(
    r"010\d{8}|01[16789]\d{7,8}"  # mobile
    r"|0(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4])[1-9]\d{6,7}"  # area code and exchange
    r"|070\d{8}|080\d{7,8}|050\d{8,9}"  # internet, free of charge, personal
    r"|1[568]\d{6}",  # nationwide, e.g. 1588-1234
    re.ASCII,
)
_WRITTEN = re.compile(r"\+?[\d\s\-‐-―−.()]+")
_SEPARATORS = str.maketrans(dict.fromkeys("ㅡ_·ㆍ∙~", "-"))
"""What stands between figures where the hyphen was missed; «ㅡ» is its neighbour on a Korean keyboard."""
_LETTER_O = re.compile(r"(?<![^\W\d_])[Oo](?=[\dOo\-. ])|(?<=\d)[Oo](?=[\d\-. ])")
_DECIMAL = re.compile(r"\.0+$")
_FILLERS = frozenset({"12345678", "87654321", "12341234"})
_BRACKETED_REMARK = re.compile(r"\([^()\d]*\)")
_GAP = r"[\s\-‐-―−.)]{0,3}"
_WITHIN_TEXT = re.compile(rf"(?<!\d)(?:\+?82{_GAP})?\(?(?:0?\d{{1,3}}{_GAP}\d{{3,4}}|1[568]\d{{2}}){_GAP}\d{{4}}(?!\d)")


def phone_digits(text: str) -> str | None:
    """The figures of a telephone number, or None when `text` is not exactly one.

    Accepts «010-1234-5678», «02) 123-4567», «+82 10 1234 5678», full-width figures, «O10» typed with a letter, and a
    number whose leading zero a spreadsheet has eaten («1012345678», «1012345678.0»).
    """
    plain = text.replace("-", "")
    if _SHAPES.fullmatch(plain):
        return plain
    text = _DECIMAL.sub("", _plain(text).strip())
    if not _WRITTEN.fullmatch(text):
        return None
    return _with_leading_zero("".join(filter(str.isdecimal, text)))


def find_phones(text: str) -> tuple[str, ...]:
    """The figures of every telephone number within `text`, in order, each once: «집 02-123-4567 / 010-…»."""
    text = unicodedata.normalize("NFKC", text.translate(_SEPARATORS))
    found = (phone_digits(match[0]) for match in _WITHIN_TEXT.finditer(text))
    return tuple(dict.fromkeys(digits for digits in found if digits))


def format_phone(digits: str) -> str:
    """The figures with hyphens as people write them: «010-1234-5678». What is no number stays as it is."""
    if not _SHAPES.fullmatch(digits):
        return digits
    if len(digits) == 8:
        return f"{digits[:4]}-{digits[4:]}"
    head = 2 if digits.startswith("02") else 4 if digits.startswith("050") else 3
    return f"{digits[:head]}-{digits[head:-4]}-{digits[-4:]}"


def is_placeholder_phone(digits: str) -> bool:
    """Whether the number only fills the cell («010-0000-0000»): it says nothing about who somebody is."""
    end = digits[-8:]
    return end in _FILLERS or end == end[:1] * len(end)


def _plain(text: str) -> str:
    text = text.translate(_SEPARATORS)
    if not text.isascii():
        text = _BRACKETED_REMARK.sub("", unicodedata.normalize("NFKC", text))
    return _LETTER_O.sub("0", text)


def _with_leading_zero(digits: str) -> str | None:
    digits = digits.removeprefix("00") if digits.startswith("0082") else digits
    if digits.startswith("82") and len(digits) > 9:
        digits = digits[2:]
    for candidate in (digits, f"0{digits}"):
        if _SHAPES.fullmatch(candidate):
            return candidate
    return None
