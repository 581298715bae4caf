"""욕구 및 위기도 조사표 as data: domains with their items. Pure.

Ten domains and nineteen items as guides print them; the official form itself was not found, so an office may load its
own. What was answered stays readable by the form it was asked with.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

MOST_ITEMS = 60
"""More than anybody answers at one table."""
LABEL_LIMIT, HINT_LIMIT = 40, 120
_CODE = re.compile(r"[A-Z][A-Z0-9_]{0,39}")


class InstrumentError(Exception):
    """A document that is no form; `problem` says why, in Korean."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class NeedItem:
    """One item. `is_grave`: a need of it suggests 고난도 (safety, mental health)."""

    code: str
    label: str
    hint: str = ""
    is_grave: bool = False


@dataclass(frozen=True, slots=True)
class NeedDomain:
    """One domain with its items. `is_health`: what is written about it is health, which not everybody reads."""

    code: str
    label: str
    items: tuple[NeedItem, ...]
    is_health: bool = False


@dataclass(frozen=True)
class Instrument:
    """One version of the form."""

    version: str
    name: str
    effective_from: date
    domains: tuple[NeedDomain, ...]
    source: str = ""
    confidence: str = "DEFAULT"
    why: str = ""

    @cached_property
    def items(self) -> tuple[NeedItem, ...]:
        """Every item, in the order of the domains."""
        return tuple(item for domain in self.domains for item in domain.items)

    @cached_property
    def without_health(self) -> Instrument:
        """The same form without the domains that are about health, for those who do not read health."""
        return replace(self, domains=tuple(domain for domain in self.domains if not domain.is_health))

    def item(self, code: str) -> NeedItem | None:
        """The item of a code; None when this form has none."""
        return next((item for item in self.items if item.code == code), None)

    def domain(self, code: str) -> NeedDomain | None:
        """The domain of a code; None when this form has none."""
        return next((domain for domain in self.domains if domain.code == code), None)


def instrument_from(document: Mapping[str, Any]) -> Instrument:
    """A document as the rules read it.

    Raises:
        InstrumentError: no domain, a domain without an item, a code twice, too long a text, too many items.
    """
    try:
        domains = tuple(_domain(each) for each in document["domains"])
        found = Instrument(
            str(document["version"]), str(document["name"]), date.fromisoformat(document["effective_from"]), domains,
            str(document.get("source", "")), str(document.get("confidence", "DEFAULT")), str(document.get("why", "")),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        raise InstrumentError("조사표의 모양이 아닙니다.") from error
    _refuse_unfit(found)
    return found


def _domain(raw: Mapping[str, Any]) -> NeedDomain:
    items = tuple(
        NeedItem(str(item["code"]), str(item["label"]), str(item.get("hint", "")), bool(item.get("is_grave", False)))
        for item in raw["items"]
    )
    return NeedDomain(str(raw["code"]), str(raw["label"]), items, bool(raw.get("is_health", False)))


def _refuse_unfit(found: Instrument) -> None:
    if not found.domains or not all(domain.items for domain in found.domains):
        raise InstrumentError("영역마다 항목이 하나는 있어야 합니다.")
    if len(found.items) > MOST_ITEMS:
        raise InstrumentError(f"항목은 {MOST_ITEMS}개까지입니다.")
    for kind, codes in (("영역", [each.code for each in found.domains]), ("항목", [each.code for each in found.items])):
        if len(set(codes)) < len(codes):
            raise InstrumentError(f"같은 {kind}이 두 번 있습니다.")
        if not all(_CODE.fullmatch(code) for code in codes):
            raise InstrumentError(f"{kind}의 코드는 영문 대문자와 숫자로 적습니다.")
    labels = [each.label for each in found.domains] + [each.label for each in found.items]
    if not all(label.strip() and len(label) <= LABEL_LIMIT for label in labels):
        raise InstrumentError(f"이름은 1자부터 {LABEL_LIMIT}자까지입니다.")
    if any(len(item.hint) > HINT_LIMIT for item in found.items):
        raise InstrumentError(f"설명은 {HINT_LIMIT}자까지입니다.")
