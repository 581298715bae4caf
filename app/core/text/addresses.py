"""Korean addresses: what makes two spellings the same door.

A road address is «road name + building number» (도로명주소법 제2조); province, city, 구 and 동 before it and
the remark in brackets after it do not change the door. Road names are unique within a 시군구 only, so keys
may be compared within one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from app.core.text.characters import narrow, normalise

_LOOKED_AT = 300  # letters of a cell; no address is longer, and pattern search stays quick on nonsense
_REMEMBERED = 10_000  # a list asks for the same addresses again and again while it is compared and written
_LETTERS = "[가나다라마바사아자차카타파하]"  # how buildings and side streets are lettered
_ROAD = re.compile(
    r"(?P<road>[가-힣A-Za-z0-9·.]{0,24}[가-힣](?:대로|로|길))"
    r"\s*(?P<branch>\d{1,4}\s?번?\s?" + _LETTERS + r"?\s?길)?"
    r"\s*(?P<below>지하)?\s*(?P<main>\d{1,5})(?:\s*-\s*(?P<sub>\d{1,5}))?(?:\s*번지)?"
    r"(?!\d|\s*번?" + _LETTERS + r"?길|\s*가(?![가-힣])|[동호층])"
)
_LOT = re.compile(
    r"(?P<place>[가-힣0-9·]{0,24}[가-힣]\d{0,2}(?:동|리|읍|면|가))\s*(?P<hill>산)?\s*(?P<main>\d{1,5})"
    r"(?:\s*번지)?(?:\s*(?:-|의)\s*(?P<sub>\d{1,5}))?(?:\s*번지)?(?!\d|\s*(?:동|호|층|번?길))"
)
_BELOW = re.compile(r"\(\s*지하\s*\)")
_BRACKETS = re.compile(r"\([^()]*\)")
_EDGES = re.compile(r"^[\s,.]+|[\s,.]+$")
_BELOW_GROUND = r"(?P<below>지하층?|지층|B|비)?(?:\d층)?"
_BLOCK_AND_UNIT = re.compile(
    rf"제?0*(?P<block>\d+|[A-Z]|{_LETTERS})동.*?{_BELOW_GROUND}제?0*(?P<door>(?:[A-Z]|{_LETTERS})?\d+(?:-\d+)?)호?$"
)
_HYPHENATED = re.compile(rf"0*(?P<block>\d+|[A-Z]|{_LETTERS})-(?P<below>B)?0*(?P<door>\d+)호?")
_CELLAR_UNIT = re.compile(r"(?:(?:지하층?|지층|B|비)|.*(?:지하층?|지층|[^A-Z]B))(?:\d층)?0*(?P<door>\d+)호?")
_UNIT_ONLY = re.compile(r"(?:(?:제?\d+층)?제?0*(?P<plain>\d+(?:-\d+)?)호?|.*?[^\d\-]0*(?P<named>\d+(?:-\d+)?)호)")
_SPELT_BLOCK = re.compile(r"(?<![가-힣])(에이|비|씨|디)(?=동\d)")
_SPELT_LETTERS = {"에이": "A", "비": "B", "씨": "C", "디": "D"}
_ROOF = re.compile(r"옥탑|옥상")


@lru_cache(maxsize=_REMEMBERED)
def road_address_key(text: str) -> str | None:
    """«road name, space, building number» to compare by, or None when `text` holds no road address.

    «서울시 한빛구 다솜로 12번길25 (가람동)» and «한빛구 다솜로12번길 25, 102동» both give «다솜로12번길 25».
    """
    match = _ROAD.search(_without_brackets(text))
    return _road_of(match) if match else None


def tidy_address(text: str) -> str:
    """`text` with one spelling of road and number; what stands before and after is kept."""
    before, road, after = split_at_road(text)
    return normalise(f"{before}{road}{after}") if road else before


@lru_cache(maxsize=_REMEMBERED)
def split_at_road(text: str) -> tuple[str, str, str]:
    """What stands before the road address, the road address in one spelling, and what follows it.

    «한빛구 다솜로 12번길25, 3층» gives («한빛구 », «다솜로12번길 25», «, 3층»); without a road address all is before.
    """
    text = _BELOW.sub("지하", narrow(normalise(text)))
    match = _ROAD.search(text, 0, _LOOKED_AT)
    if match is None:
        return text, "", ""
    return text[: match.start()], _road_of(match), text[match.end() :]


def detail_after_road(text: str) -> str:
    """What follows the road address in the same cell, e.g. «102동 842호», without brackets; "" when nothing does."""
    return _EDGES.sub("", normalise(_BRACKETS.sub(" ", split_at_road(text)[2])))


@lru_cache(maxsize=_REMEMBERED)
def lot_address_key(text: str) -> str | None:
    """«동, space, lot number» (지번) to compare by, or None: «가람동 산 12-3번지» → «가람동 산12-3»."""
    match = _LOT.search(_without_brackets(text))
    if match is None:
        return None
    sub = f"-{int(match['sub'])}" if match["sub"] else ""
    return f"{match['place']} {match['hill'] or ''}{int(match['main'])}{sub}"


@lru_cache(maxsize=_REMEMBERED)
def unit_key(text: str) -> str | None:
    """The door within a building to compare by, or None when nothing is said.

    «102동 842호», «제102동 8층 0842호», «한빛아파트 102동 842호» and «102-842» are one; so are «2층 201호», «201호»,
    «201» and «햇살빌라 201호», and «지하 1호», «B01호» and «지층 1호».
    """
    text = "".join(_without_brackets(text).split()).upper()
    text = _SPELT_BLOCK.sub(lambda match: _SPELT_LETTERS[match[1]], text)
    if _ROOF.match(text):
        return "옥탑"
    if match := _BLOCK_AND_UNIT.search(text) or _HYPHENATED.fullmatch(text):
        return f"{match['block']}-{'B' if match['below'] else ''}{match['door']}"
    if match := _CELLAR_UNIT.fullmatch(text):
        return f"B{match['door']}"
    if match := _UNIT_ONLY.fullmatch(text):
        return match["plain"] or match["named"]
    return text or None


def _without_brackets(text: str) -> str:
    text = _BELOW.sub("지하", narrow(normalise(text[:_LOOKED_AT])))
    return _BRACKETS.sub(" ", text)


def _road_of(match: re.Match[str]) -> str:
    sub = f"-{int(match['sub'])}" if match["sub"] else ""
    branch = "".join((match["branch"] or "").split())
    return f"{match['road']}{branch} {match['below'] or ''}{int(match['main'])}{sub}"
