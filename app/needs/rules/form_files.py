"""Read an office's own form out of a file: a table with 영역, 항목, 설명, or JSON of the same. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from app.core.errors import RuleBroken
from app.core.tables.rows import Table, columns_by_heading
from app.core.text import normalise, search_key
from app.needs.rules.instrument import HINT_LIMIT, LABEL_LIMIT, MOST_ITEMS, Instrument, NeedDomain, NeedItem

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "domain": ("영역", "욕구영역", "분야"),
    "item": ("항목", "욕구", "세부항목", "문항"),
    "hint": ("설명", "내용", "비고"),
    "grave": ("고난도", "고난도제안", "안전정신건강"),
}
LOOKED_THROUGH = 10
"""Rows in which the headings are looked for; lists begin with a title."""
_YES = frozenset({"o", "ㅇ", "예", "y", "yes", "1", "v", "○", "true"})


class FormRow(NamedTuple):
    """One row of a file as typed; an empty 영역 is that of the row above."""

    number: int
    domain: str
    item: str
    hint: str = ""
    grave: str = ""
    """Whether a need of it suggests 고난도; "" leaves it to what is known of the item."""


@dataclass(frozen=True, slots=True)
class FormFound:
    """What the rows make: the domains, which items are new, and what is wrong with which row."""

    domains: tuple[NeedDomain, ...]
    fresh: frozenset[str]
    """Codes of items no earlier form had."""
    problems: tuple[tuple[int, str], ...]


def rows_of_table(table: Table) -> list[FormRow]:
    """Every row below the headings; empty ones are left out.

    Raises:
        RuleBroken: no row has the headings 영역 and 항목.
    """
    for at, row in enumerate(table.rows[:LOOKED_THROUGH]):
        columns = columns_by_heading(row.cells, HEADINGS)
        if {"domain", "item"} <= columns.keys():
            return [
                _row(each.number, each.cells, columns)
                for each in table.rows[at + 1 :]
                if any(map(str.strip, each.cells))
            ]
    raise RuleBroken("NO_COLUMNS", "«영역»과 «항목» 열을 찾지 못했습니다. 첫 줄에 열 이름을 적어 주세요.", field="file")


def rows_of_json(content: bytes) -> list[FormRow]:
    """The rows of a JSON file: a list of {영역, 항목, 설명}, or a form with `domains` as the product ships it.

    Raises:
        RuleBroken: no JSON, or JSON of another shape.
    """
    try:
        given = json.loads(content.decode("utf-8-sig"))
        rows = given if isinstance(given, list) else list(_flattened(given))
        return [_from_mapping(number, row) for number, row in enumerate(rows, start=1)]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        text = "JSON의 모양이 다릅니다. {영역, 항목, 설명}의 목록이나 «domains»가 있는 조사표를 올려 주세요."
        raise RuleBroken("NOT_A_FORM", text, field="file") from error


def read_rows(rows: Sequence[FormRow], known: Sequence[Instrument], *, stem: str) -> FormFound:
    """The rows as domains with items. What an earlier form (`known`, the newest first) calls the same keeps its code.

    Args:
        stem: how new codes begin; unique among all versions of an office.
    """
    reader = _Reader(known, stem)
    for row in rows:
        reader.take(row)
    return reader.found()


def document_of(
    domains: Iterable[NeedDomain], *, version: str, name: str, effective_from: date, source: str, why: str
) -> dict[str, Any]:
    """A form as it is stored, to be read by `instrument_from`."""
    return {
        "version": version, "name": name, "effective_from": effective_from.isoformat(), "source": source,
        "confidence": "DISTRICT", "why": why,
        "domains": [
            {"code": each.code, "label": each.label, "is_health": each.is_health, "items": [
                {"code": item.code, "label": item.label, "hint": item.hint, "is_grave": item.is_grave}
                for item in each.items
            ]}
            for each in domains
        ],
    }  # fmt: skip


class _Reader:
    """Takes rows one by one."""

    def __init__(self, known: Sequence[Instrument], stem: str) -> None:
        self.stem = stem
        self.known_domains = {search_key(each.label): each for form in reversed(known) for each in form.domains}
        self.known_items = {search_key(each.label): each for form in reversed(known) for each in form.items}
        self.domains: dict[str, NeedDomain] = {}
        self.items: dict[str, list[NeedItem]] = {}
        self.codes: set[str] = set()
        self.fresh: set[str] = set()
        self.problems: list[tuple[int, str]] = []
        self.above = ""

    def take(self, row: FormRow) -> None:
        """Add a row, or keep what is wrong with it."""
        label, item = normalise(row.domain) or self.above, normalise(row.item)
        problem = self._problem(label, item, normalise(row.hint))
        if problem:
            self.problems.append((row.number, problem))
            return
        self.above = label
        domain = self._domain(label)
        found = self._item(domain, item, row)
        self.codes.add(found.code)
        self.items[domain.code].append(found)

    def _problem(self, label: str, item: str, hint: str) -> str:
        if not label:
            return "영역을 적어 주세요. 비우면 윗줄의 영역으로 봅니다."
        if not item:
            return "항목이 비어 있습니다."
        if len(label) > LABEL_LIMIT or len(item) > LABEL_LIMIT:
            return f"영역과 항목은 {LABEL_LIMIT}자까지입니다."
        if len(hint) > HINT_LIMIT:
            return f"설명은 {HINT_LIMIT}자까지입니다."
        if len(self.codes) >= MOST_ITEMS:
            return f"항목은 {MOST_ITEMS}개까지입니다."
        return f"«{item}» 항목이 위에 이미 있습니다." if self._code_of(item) in self.codes else ""

    def _code_of(self, item: str) -> str:
        known = self.known_items.get(search_key(item))
        if known is not None:
            return known.code
        same = next(
            (each.code for row in self.items.values() for each in row if search_key(each.label) == search_key(item)),
            None,
        )
        return same or f"{self.stem}_{len(self.codes) + 1}"

    def _domain(self, label: str) -> NeedDomain:
        key = search_key(label)
        if key not in self.domains:
            known = self.known_domains.get(key)
            code = known.code if known else f"{self.stem}_D{len(self.domains) + 1}"
            is_health = known.is_health if known else "건강" in label
            self.domains[key] = NeedDomain(code, label, (), is_health)
            self.items[code] = []
        return self.domains[key]

    def _item(self, domain: NeedDomain, label: str, row: FormRow) -> NeedItem:
        known, code = self.known_items.get(search_key(label)), self._code_of(label)
        if known is None:
            self.fresh.add(code)
        is_grave = known.is_grave if known else domain.code == "SAFETY"
        if row.grave.strip():
            is_grave = row.grave.strip().lower() in _YES
        return NeedItem(code, label, normalise(row.hint), is_grave)

    def found(self) -> FormFound:
        """All rows together."""
        domains = tuple(
            NeedDomain(each.code, each.label, tuple(self.items[each.code]), each.is_health)
            for each in self.domains.values()
        )
        none = () if self.items or self.problems else ((0, "항목이 하나도 없습니다."),)
        return FormFound(domains, frozenset(self.fresh), (*self.problems, *none))


def _row(number: int, cells: Sequence[str], columns: Mapping[str, int]) -> FormRow:
    texts = {field: cells[at].strip() if at < len(cells) else "" for field, at in columns.items()}
    return FormRow(number, texts["domain"], texts["item"], texts.get("hint", ""), texts.get("grave", ""))


def _from_mapping(number: int, row: Mapping[str, Any]) -> FormRow:
    grave = row.get("고난도", "")
    said = ("예" if grave else "아니요") if isinstance(grave, bool) else str(grave)
    return FormRow(number, str(row.get("영역", "")), str(row.get("항목", "")), str(row.get("설명", "")), said)


def _flattened(form: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    for domain in form["domains"]:
        for item in domain["items"]:
            row = {"영역": domain["label"], "항목": item["label"], "설명": item.get("hint", "")}
            yield row | ({"고난도": bool(item["is_grave"])} if "is_grave" in item else {})
