"""The lists that came in, and how many of their rows have which result, as far as somebody may see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select, true
from sqlalchemy.orm import Session, joinedload

from app.access.identity import Identity
from app.core.errors import NotFound
from app.core.keys import LARGEST_KEY
from app.discoveries.models import ImportedList, ListRow
from app.discoveries.rules import RowOutcome

Counts = dict[RowOutcome, int]
"""Rows of each outcome; every outcome is there."""


@dataclass(frozen=True, slots=True)
class ListLine:
    """One list with the counts of the rows that somebody may see."""

    imported: ImportedList
    counts: Counts

    @property
    def seen(self) -> int:
        """How many rows of it this person may see; the counts add up to it."""
        return sum(self.counts.values())


def visible_to(who: Identity) -> ColumnElement[bool]:
    """Rows of the own centres; for the 시군구 also those that no centre could be told of. Needs the list joined."""
    if who.account_id is None:
        return true()
    own = ListRow.centre_id.in_(who.centre_ids)
    if who.centre_id is not None or not who.centre_ids:
        return own
    return own | and_(ListRow.centre_id.is_(None), ImportedList.district_id == who.district_id)


def list_lists(
    session: Session, who: Identity, *, round_id: int | None = None, after: int | None = None, limit: int = 20
) -> list[ListLine]:
    """Lists with rows in scope, newest first, one more than `limit` when there are older ones."""
    seen = select(ListRow.imported_list_id).join(ListRow.imported_list).where(visible_to(who)).distinct()
    statement = select(ImportedList).where(ImportedList.id.in_(seen)).order_by(ImportedList.id.desc())
    if round_id is not None:
        statement = statement.where(ImportedList.round_id == round_id)
    if after is not None:
        statement = statement.where(ImportedList.id < after)
    loaded = statement.options(joinedload(ImportedList.imported_by), joinedload(ImportedList.round)).limit(limit + 1)
    lists = session.scalars(loaded).unique().all()
    counts = count_rows(session, who, [imported.id for imported in lists])
    return [ListLine(imported, counts[imported.id]) for imported in lists]


def get_list(session: Session, who: Identity, list_id: int) -> ListLine:
    """One list with rows in scope, or NotFound."""
    counts = count_rows(session, who, [list_id])[list_id] if list_id <= LARGEST_KEY else {}
    if not any(counts.values()):
        raise NotFound
    loaded = (joinedload(ImportedList.imported_by), joinedload(ImportedList.centre), joinedload(ImportedList.round))
    return ListLine(session.get_one(ImportedList, list_id, options=loaded), counts)


def count_rows(session: Session, who: Identity, list_ids: Sequence[int]) -> dict[int, Counts]:
    """Rows in scope of each list by outcome."""
    counts = {list_id: dict.fromkeys(RowOutcome, 0) for list_id in list_ids}
    statement = (
        select(ListRow.imported_list_id, ListRow.outcome, func.count())
        .join(ListRow.imported_list)
        .where(visible_to(who), ListRow.imported_list_id.in_(list_ids))
    )
    for list_id, outcome, number in session.execute(statement.group_by(ListRow.imported_list_id, ListRow.outcome)):
        counts[list_id][outcome] = number
    return counts


def count_held(session: Session, who: Identity) -> int:
    """How many rows of all lists wait for a person of this scope to decide."""
    statement = select(func.count(ListRow.id)).join(ListRow.imported_list)
    return session.scalar(statement.where(visible_to(who), ListRow.outcome == RowOutcome.HELD)) or 0
