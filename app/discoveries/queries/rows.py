"""Rows of a list by outcome, those that wait for a decision, and those that have to be put right."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import Session, joinedload, selectinload

from app.access.identity import Identity
from app.core.errors import NotFound
from app.core.keys import LARGEST_KEY
from app.discoveries.models import ImportedList, ListRow, RowCandidate
from app.discoveries.queries.lists import visible_to
from app.discoveries.rules import REASON_HEADING, RowOutcome


def get_row(session: Session, who: Identity, row_id: int) -> ListRow:
    """One row in scope with both sides of what is to be decided, or NotFound."""
    if row_id > LARGEST_KEY:
        raise NotFound
    row = session.scalars(_both_sides(_rows(who).where(ListRow.id == row_id))).unique().one_or_none()
    if row is None:
        raise NotFound
    return row


def list_rows(
    session: Session, who: Identity, list_id: int, outcome: RowOutcome, *, after: int | None = None, limit: int = 50
) -> Sequence[ListRow]:
    """Rows of a list with one outcome in the order of the file, one more than `limit` when there are more."""
    statement = _rows(who).where(ListRow.imported_list_id == list_id, ListRow.outcome == outcome)
    if after is not None:
        statement = statement.where(ListRow.row_number > after)
    loaded = statement.options(joinedload(ListRow.household), joinedload(ListRow.decided_by))
    return session.scalars(loaded.order_by(ListRow.row_number).limit(limit + 1)).unique().all()


def list_held(
    session: Session,
    who: Identity,
    *,
    list_id: int | None = None,
    after: tuple[bool, int] | None = None,
    limit: int = 10,
) -> Sequence[ListRow]:
    """Rows that wait for a decision, those put aside last, one more than `limit` when there are more.

    Args:
        after: whether the last row of the page before was put aside, and its key.
    """
    was_put_aside = ListRow.decided_at.is_not(None)
    statement = _rows(who).where(ListRow.outcome == RowOutcome.HELD)
    if list_id is not None:
        statement = statement.where(ListRow.imported_list_id == list_id)
    if after is not None:
        statement = statement.where(tuple_(was_put_aside, ListRow.id) > after)
    return session.scalars(_both_sides(statement.order_by(was_put_aside, ListRow.id).limit(limit + 1))).unique().all()


def list_decided_by(session: Session, who: Identity, *, limit: int = 5) -> Sequence[ListRow]:
    """What this person decided last, newest first: what they may want to take back."""
    statement = _rows(who).where(
        ListRow.decided_by_id == who.account_id, ListRow.outcome.in_((RowOutcome.JOINED, RowOutcome.NEW))
    )
    loaded = statement.options(joinedload(ListRow.household)).order_by(ListRow.decided_at.desc(), ListRow.id.desc())
    return session.scalars(loaded.limit(limit)).unique().all()


def list_resembling(session: Session, row_id: int) -> Sequence[ListRow]:
    """Held rows that perhaps name the same person as this one."""
    statement = select(ListRow).where(ListRow.resembles_id == row_id, ListRow.outcome == RowOutcome.HELD)
    return session.scalars(statement.options(selectinload(ListRow.candidates))).all()


def rows_to_fix(session: Session, who: Identity, imported: ImportedList) -> list[tuple[str, ...]]:
    """The «고칠 행» file: heading and every row in scope that could not be taken in, as typed, and why not.

    It can be put right and sent again. Reasons of an earlier such file are left out.
    """
    statement = _rows(who).where(ListRow.imported_list_id == imported.id, ListRow.outcome == RowOutcome.BAD)
    bad = session.scalars(statement.order_by(ListRow.row_number)).all()
    width = max(len(cells) for cells in (imported.headings, *(row.cells for row in bad)))
    headings = [*imported.headings, *[""] * (width - len(imported.headings))]
    kept = [heading.strip() != REASON_HEADING for heading in headings]
    table = [(headings, REASON_HEADING), *(([*row.cells, *[""] * (width - len(row.cells))], row.reason) for row in bad)]
    return [(*compress(cells, kept), last) for cells, last in table]


def _rows(who: Identity) -> Select[ListRow]:
    return select(ListRow).join(ListRow.imported_list).where(visible_to(who))


def _both_sides(statement: Select[ListRow]) -> Select[ListRow]:
    """The listed person, and the households it is compared with."""
    return statement.options(
        joinedload(ListRow.imported_list).joinedload(ImportedList.crisis_codes),
        joinedload(ListRow.household),
        selectinload(ListRow.candidates).joinedload(RowCandidate.household),
    )
