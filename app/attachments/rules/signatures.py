"""What a signature is: strokes on a pad, bound to the text that stood above it. Pure.

The strokes are the signature; the picture of them is drawn anew whenever it is wanted. What was signed is known by
the number of the text's version and the SHA-256 of the very words that were shown.
"""

from __future__ import annotations

import hashlib
import json
import math
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias
from uuid import UUID

from app.attachments.rules.kinds import NotSigned, SignerRole
from app.core.errors import RuleBroken
from app.core.labelled import Labelled

PAD_WIDTH, PAD_HEIGHT = 2000, 800
"""Units of the pad, whatever the screen: strokes are told in them, from the upper left corner."""
MOST_POINTS = 20_000
MOST_STROKES = 500
LONGEST_MILLISECONDS = 3_600_000
"""An hour; nobody signs longer."""
LEAST_INK = 60.0
"""Units of line below which somebody only touched the pad."""
NAME_LIMIT = 50
NOTE_LIMIT = 200

Point: TypeAlias = tuple[int, int, int]
"""x, y in units of the pad, milliseconds since the first touch."""
Strokes: TypeAlias = tuple[tuple[Point, ...], ...]


class SignatureState(Labelled):
    """How a signature stands to the text as it reads today."""

    STANDS = "STANDS", "서명한 글 그대로"
    CORRECTED = "CORRECTED", "서명 뒤 정정됨"
    DIFFERS = "DIFFERS", "서명 뒤 내용이 달라짐"


@dataclass(frozen=True, slots=True)
class SignedText:
    """The words above the line, and the number of their version (1 is the first)."""

    text: str
    version: int

    @property
    def sha256(self) -> str:
        """In hex, over the text in UTF-8 and NFC."""
        return hashlib.sha256(unicodedata.normalize("NFC", self.text).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class SignatureDetails:
    """Who signed and as what, or why nobody did and who saw that.

    The page makes `signature_id`, so that sending twice signs once. `strokes` are empty when `not_signed` says why.
    """

    signature_id: UUID
    signer: str
    role: SignerRole
    strokes: Strokes = ()
    not_signed: NotSigned | None = None
    witness: str = ""
    note: str = ""

    @property
    def signer_words(self) -> str:
        """«천둥솔 (본인)»."""
        return f"{self.signer.strip()} ({self.role.label})"

    @property
    def words(self) -> str:
        """«서명 불가: 손을 쓰기 어려움. 입회 민하준», empty when somebody signed."""
        if self.not_signed is None:
            return ""
        because = " ".join(filter(None, (self.not_signed.label, self.note.strip())))
        return f"서명 불가: {because}. 입회 {self.witness.strip()}"


def check_signature(details: SignatureDetails) -> None:
    """Refuse what nobody signed and nobody gave a reason for.

    Raises:
        RuleBroken: no name, nothing drawn and no reason, both, or a reason without a witness.
    """
    if not details.signer.strip():
        raise RuleBroken("SIGNER_NEEDED", "서명하는 분의 이름을 적어 주세요.", field="signer")
    if details.not_signed is not None:
        _check_reason(details)
    elif ink_of(details.strokes) < LEAST_INK:
        raise RuleBroken("NOT_SIGNED", "서명을 그려 주세요. 서명할 수 없으면 그 까닭을 골라 주세요.", field="strokes")


def _check_reason(details: SignatureDetails) -> None:
    if details.strokes:
        raise RuleBroken(
            "SIGNED_AND_NOT",
            "서명을 그렸으면 «서명 불가 사유»를 고르지 않습니다. 하나만 남겨 주세요.",
            field="not_signed",
        )
    if not details.witness.strip():
        raise RuleBroken("WITNESS_NEEDED", "서명하지 못한 것을 함께 본 사람을 적어 주세요.", field="witness")
    if details.not_signed is NotSigned.OTHER and not details.note.strip():
        raise RuleBroken("REASON_NEEDED", "왜 서명하지 못했는지 적어 주세요.", field="note")


def read_strokes(text: str) -> Strokes:
    """The strokes of a JSON text, empty for an empty one.

    Raises:
        RuleBroken: it is no list of strokes, a point lies off the pad, or there are more than MOST_POINTS of them.
    """
    if not text.strip():
        return ()
    try:
        given = json.loads(text)
        strokes = tuple(tuple(_point(point) for point in stroke) for stroke in given)
    except (ValueError, TypeError, RecursionError) as error:
        raise RuleBroken(
            "STROKES_UNREADABLE", "서명을 알아볼 수 없습니다. 지우고 다시 그려 주세요.", field="strokes"
        ) from error
    if len(strokes) > MOST_STROKES or sum(map(len, strokes)) > MOST_POINTS:
        raise RuleBroken("TOO_MANY_POINTS", "서명이 너무 깁니다. 지우고 다시 그려 주세요.", field="strokes")
    return tuple(stroke for stroke in strokes if stroke)


def _point(given: Any) -> Point:
    x, y, milliseconds = given
    for value, most in ((x, PAD_WIDTH), (y, PAD_HEIGHT), (milliseconds, LONGEST_MILLISECONDS)):
        if type(value) is not int or not 0 <= value <= most:
            raise ValueError("off the pad")
    return x, y, milliseconds


def ink_of(strokes: Strokes) -> float:
    """How long all lines are together, in units of the pad."""
    return sum(math.dist(before[:2], after[:2]) for stroke in strokes for before, after in pairwise(stroke))


def decide_state(*, signed_version: int, signed_hash: str, version: int, hashes: frozenset[str]) -> SignatureState:
    """How a signature stands to a text: `hashes` are those of the version that was signed, as it may be shown."""
    if signed_hash not in hashes:
        return SignatureState.DIFFERS
    return SignatureState.STANDS if signed_version == version else SignatureState.CORRECTED
