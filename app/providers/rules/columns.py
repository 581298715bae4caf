"""Read a list of providers out of a table, row by row, each with what became of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.errors import RuleBroken
from app.core.tables.rows import Table, TableRow, columns_by_heading
from app.core.text import normalise, search_key
from app.providers.rules.details import LINE_LIMIT, NAME_LIMIT, ProviderDetails, check_provider, services_from
from app.providers.rules.needs import NeedItem
from app.providers.rules.vocabulary import ProviderKind

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": ("기관명", "기관", "제공기관", "이름", "명칭"),
    "kind": ("구분", "종류", "유형"),
    "services": ("서비스", "제공서비스", "지원내용", "주요사업"),
    "needs": ("욕구", "욕구영역"),
    "phone": ("전화", "전화번호", "연락처", "대표전화"),
    "fax": ("팩스", "fax"),
    "address": ("주소", "소재지", "도로명주소"),
    "contact": ("담당자", "담당"),
    "note": ("비고", "메모"),
}
LOOKED_THROUGH = 10
"""Rows in which the headings are looked for; lists begin with a title."""


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row of a list: what it says, or why it cannot be taken."""

    number: int
    details: ProviderDetails | None
    problem: str = ""


def read_providers(table: Table) -> list[ReadRow]:
    """Every row below the headings; empty ones are left out.

    Raises:
        RuleBroken: no row has a heading for the name.
    """
    for at, row in enumerate(table.rows[:LOOKED_THROUGH]):
        columns = columns_by_heading(row.cells, HEADINGS)
        if "name" in columns:
            return [_read(each, columns) for each in table.rows[at + 1 :] if any(map(str.strip, each.cells))]
    raise RuleBroken("NO_NAME_COLUMN", "«기관명» 열을 찾지 못했습니다. 첫 줄에 열 이름을 적어 주세요.", field="file")


def _read(row: TableRow, columns: Mapping[str, int]) -> ReadRow:
    cells = {field: normalise(row.cells[at]) if at < len(row.cells) else "" for field, at in columns.items()}
    kind = _kind(cells.get("kind", ""))
    if kind is None:
        return ReadRow(
            row.number, None, f"모르는 구분입니다: «{cells['kind'][:20]}». 공공, 민간, 이웃 중에서 적어 주세요."
        )
    details = ProviderDetails(
        kind, cells["name"], services_from(cells.get("services", "")), _needs(cells.get("needs", "")),
        cells.get("phone", ""), cells.get("fax", ""), cells.get("address", ""), cells.get("contact", ""),
        cells.get("note", ""),
    )  # fmt: skip
    problem = _problem(details)
    return ReadRow(row.number, None if problem else details, problem)


def _problem(details: ProviderDetails) -> str:
    try:
        check_provider(details)
    except RuleBroken as broken:
        return broken.text
    if len(details.name) > NAME_LIMIT:
        return f"기관 이름은 {NAME_LIMIT}자까지입니다."
    too_long = any(len(each) > LINE_LIMIT for each in (details.phone, details.fax, details.address, details.contact))
    return f"한 칸에 {LINE_LIMIT}자가 넘습니다." if too_long else ""


def _kind(text: str) -> ProviderKind | None:
    """An empty cell is a private one: public offices are few and known."""
    if not text:
        return ProviderKind.PRIVATE
    key = search_key(text)
    for kind in ProviderKind:
        if any(part in key for part in kind.label.split("·")):
            return kind
    return ProviderKind.INFORMAL if "주민" in key else None


def _needs(text: str) -> tuple[str, ...]:
    """Items by their label or code; words that are none are left out."""
    by_word = {search_key(item.label): item.value for item in NeedItem} | {
        item.value.lower(): item.value for item in NeedItem
    }
    words = (search_key(part) for part in services_from(text.replace("·", "\x01")))
    return tuple(dict.fromkeys(by_word[w.replace("\x01", "·")] for w in words if w.replace("\x01", "·") in by_word))
