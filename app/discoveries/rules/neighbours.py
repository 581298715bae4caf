"""이웃신고: what somebody may tick, how many reports one sender and everybody may send, and what they weigh. Pure.

Limits are this product's own proposal. What was seen is put in order by the weights of the crisis codes: three signs speak of
what a code names, every other one weighs as a crisis without a weight of its own.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from ipaddress import IPv6Address, ip_address, ip_network

from app.core.labelled import Labelled

REMEMBERED = timedelta(days=1)
"""So long a sender is known by a hash, for the limit; then nobody is."""
IN_A_ROW = timedelta(hours=1)
MOST_OF_ONE = 5
"""Reports of one sender within IN_A_ROW; a whole house may share one address."""
MOST_OF_ONE_A_DAY = 20
MOST_OF_ALL = 60
"""Reports of everybody within IN_A_ROW."""
RECEIPT_DIGITS = 8
SENDERS_NETWORK = 64
"""Bits of an IPv6 address that belong to one household's line."""


class Sign(Labelled):
    """What somebody next door can see, in everyday words."""

    UNSEEN = "UNSEEN", "며칠째 안 보여요"
    MAIL = "MAIL", "우편물이 쌓여 있어요"
    SMELL = "SMELL", "이상한 냄새가 나요"
    LIGHTS = "LIGHTS", "불이나 TV가 계속 켜져 있어요"
    CUT_OFF = "CUT_OFF", "전기·가스·물이 끊긴 것 같아요"
    HUNGRY = "HUNGRY", "밥을 못 먹는 것 같아요"
    ILL = "ILL", "아픈데 돌볼 사람이 없어요"
    MONEY = "MONEY", "돈이 없어 힘들어해요"
    RUBBISH = "RUBBISH", "집에 쓰레기가 쌓여 있어요"
    DRINK = "DRINK", "술을 많이 마셔요"
    CHILD = "CHILD", "아이를 돌보지 않는 것 같아요"
    VIOLENCE = "VIOLENCE", "맞거나 다친 것 같아요"
    DESPAIR = "DESPAIR", "죽고 싶다고 해요"
    OTHER = "OTHER", "그 밖의 일"


LIKE_CODES: Mapping[Sign, str] = {
    Sign.DESPAIR: "CI_SELF_HARM",
    Sign.CUT_OFF: "CI_POWER_CUT",
    Sign.CHILD: "CI_NO_CHILDCARE_REC",
}
"""Signs that speak of what a crisis code names, and weigh as it does."""


@dataclass(frozen=True, slots=True)
class Seen:
    """How many reports came in: of this sender and of everybody."""

    of_one: int
    of_one_today: int
    of_all: int


def is_too_much(seen: Seen) -> bool:
    """Whether one report more would go over a limit."""
    return seen.of_one >= MOST_OF_ONE or seen.of_one_today >= MOST_OF_ONE_A_DAY or seen.of_all >= MOST_OF_ALL


def sender_key(address: str, secret: str) -> str:
    """A keyed hash of where a report came from, in hex; of an IPv6 address its network, which one line may change within."""
    return hmac.new(secret.encode(), f"neighbour:{_line_of(address)}".encode(), sha256).hexdigest()


def _line_of(address: str) -> str:
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address) and known.ipv4_mapped is None:
        return str(ip_network((known, SENDERS_NETWORK), strict=False))
    return str(known)


def receipt_from(number: int) -> str:
    """«4829-1733»: a random number as the reporter reads it. It opens nothing and says nothing.

    Args:
        number: at least 0 and below 10 to the power of RECEIPT_DIGITS.
    """
    digits = f"{number:0{RECEIPT_DIGITS}d}"
    return f"{digits[:4]}-{digits[4:]}"


def signs_of(kinds: Collection[str]) -> tuple[Sign, ...]:
    """The signs of stored values in the order of the list; what the list does not know is left out."""
    return tuple(sign for sign in Sign if sign.value in kinds)


def codes_of(signs: Sequence[Sign]) -> dict[str, str]:
    """By which codes signs weigh, each with the words of the sign."""
    return {LIKE_CODES.get(sign, f"SEEN_{sign.value}"): f"이웃이 봄: {sign.label}" for sign in signs}


def summary_of(signs: Sequence[Sign]) -> str:
    """What a list says of a report: what was ticked, never what somebody wrote."""
    return " · ".join(sign.label for sign in signs) or Sign.OTHER.label


def may_see_reporter(*, holder_id: int | None, acting_for: Collection[int], is_supervisor: bool) -> bool:
    """Whether somebody may read who reported: whoever holds the item or covers them, and the centre's supervisors."""
    return is_supervisor or (holder_id is not None and holder_id in acting_for)
