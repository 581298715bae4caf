"""How often and why a household was discovered: for its page, before anything else is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.discoveries.models import DiscoveryItem, ImportedList, ListRow
from app.discoveries.queries.codes import crisis_words
from app.discoveries.queries.items_events import last_outcome
from app.discoveries.rules import RowOutcome


@dataclass(frozen=True, slots=True)
class DiscoveredRow:
    """One row that named the household, as its line of time shows it."""

    discovered_on: date
    title: str
    """«발굴 2026년 6차 명단»."""
    text: str
    """«단전, 건강보험료 체납 · 체납 6개월 · 주소 확인 요망»; who is meant comes first where it is not the head."""


@dataclass(frozen=True, slots=True)
class Discovered:
    """«이 가구는 8번 발굴되었습니다. 마지막: …»."""

    times: int
    last_text: str
    last_outcome: str = ""
    """«지원 불필요(2026-09-03)»; "" while nothing became of it."""


def list_rows_of(session: Session, household_id: int) -> list[DiscoveredRow]:
    """Every row that names the household, newest first; a row sent twice is there once."""
    return [
        DiscoveredRow(row.discovered_on, f"발굴 {row.imported_list.title}", _text(row))
        for row in _rows_of(session, household_id)
    ]


def discovered_times(session: Session, household_id: int) -> Discovered | None:
    """How often the household was discovered, and the last time; None when it never was.

    Several rows of one list are one time; a report that no list told of is one as well. A list may know of more discoveries than came in here: then its count of
    previous ones, that time itself and the lists since make the number.
    """
    rows = _rows_of(session, household_id)
    told_otherwise = _items_without_row(session, household_id)
    if not rows and not told_otherwise:
        return None
    ended = last_outcome(session, household_id)
    outcome = ended.words if ended else ""
    if not rows:
        newest = told_otherwise[0]
        return Discovered(len(told_otherwise), f"{newest.received_on} {newest.source.label}", outcome)
    lists = list(dict.fromkeys(row.imported_list_id for row in rows))  # newest first
    told = [
        row.previous_discoveries + 1 + lists.index(row.imported_list_id) for row in rows if row.previous_discoveries
    ]
    last = rows[0]
    words = " · ".join(filter(None, (f"{last.discovered_on} {last.imported_list.title}", _text(last))))
    return Discovered(max(len(lists), *told, 1) + len(told_otherwise), words, outcome)


def _items_without_row(session: Session, household_id: int) -> Sequence[DiscoveryItem]:
    """Times the household was to be found that no list told of: reports, its own coming; newest first."""
    statement = select(DiscoveryItem).where(
        DiscoveryItem.household_id == household_id, DiscoveryItem.list_row_id.is_(None)
    )
    return session.scalars(statement.order_by(DiscoveryItem.received_on.desc(), DiscoveryItem.id.desc())).all()


def _rows_of(session: Session, household_id: int) -> Sequence[ListRow]:
    statement = (
        select(ListRow)
        .where(
            ListRow.household_id == household_id,
            ListRow.follows_id.is_(None),
            ListRow.outcome.in_((RowOutcome.NEW, RowOutcome.JOINED)),
        )
        .options(
            joinedload(ListRow.imported_list).joinedload(ImportedList.crisis_codes), joinedload(ListRow.member),
        )
        .order_by(ListRow.discovered_on.desc(), ListRow.id.desc())
    )  # fmt: skip
    return session.scalars(statement).unique().all()


def _text(row: ListRow) -> str:
    person = row.person
    parts = (
        person.name if row.member is not None and row.member.position > 0 else "",
        crisis_words(row.imported_list.crisis_codes, row.crisis_codes),
        f"체납 {row.months_in_arrears}개월" if row.months_in_arrears else "",
        " ".join(person.note.split()),
    )
    return " · ".join(part for part in parts if part)
