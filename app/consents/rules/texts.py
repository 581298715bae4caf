"""The words somebody agrees to, as a version keeps them. Pure.

개인정보 보호법 제15조 제2항 and 제17조 제2항 name what must be told: what for, what, how long, to whom, and that one may
refuse and what comes of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.consents.rules.covering import Receiver
from app.consents.rules.vocabulary import ConsentKind

MUST_SAY = ("무엇을 위해", "무엇을", "언제까지", "동의하지 않으면")
"""Headings every text has; THIRD_PARTY has «받는 곳» besides, which each consent names."""


class TextError(ValueError):
    """A text cannot be used; `problem` says why in Korean."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One heading and what stands below it."""

    heading: str
    words: str


@dataclass(frozen=True, slots=True)
class ConsentWords:
    """One version of a text."""

    kind: ConsentKind
    version: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    months: int
    """How long a consent by this text is proposed to last."""
    source: str = ""
    confidence: str = ""


def words_from(kind: ConsentKind, version: str, title: str, document: Mapping[str, Any]) -> ConsentWords:
    """A stored text as the product reads it.

    Raises:
        TextError: no title, a heading that must be there is missing or empty, or a term out of range (1 to 60 months).
    """
    paragraphs = tuple(Paragraph(row["heading"], row["words"]) for row in document["paragraphs"])
    said = {each.heading for each in paragraphs if each.words.strip()}
    lacking = [heading for heading in MUST_SAY if heading not in said]
    if lacking:
        raise TextError(f"«{lacking[0]}»에 적을 말이 없습니다. 법이 알리라고 한 것입니다.")
    if not title.strip():
        raise TextError("제목을 적어 주세요.")
    months = int(document["months"])
    if not 1 <= months <= 60:
        raise TextError("동의 기간은 1개월에서 60개월까지입니다.")
    return ConsentWords(
        kind, version, title, paragraphs, months, document.get("source", ""), document.get("confidence", "")
    )


def read_out(words: ConsentWords, *, person: str, receiver: Receiver, until: str) -> str:
    """A text as one person hears it before agreeing: with the receiver and the last day, ready to be signed."""
    return "\n".join(_lines(words, person, receiver, until))


def _lines(words: ConsentWords, person: str, receiver: Receiver, until: str) -> Iterator[str]:
    yield f"{words.title} ({words.version}판)"
    yield f"동의하는 사람: {person}"
    if words.kind is ConsentKind.THIRD_PARTY:
        yield f"받는 곳: {receiver.name.strip()}"
    for each in words.paragraphs:
        yield f"{each.heading}: {each.words.strip()}"
    yield f"동의 기한: {until or '따로 거둘 때까지'}"
