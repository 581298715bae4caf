"""Columns that somebody named once: found again by the headings of a file."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.access.identity import Identity
from app.core.errors import NotFound
from app.core.keys import LARGEST_KEY
from app.core.tables.rows import TableRow
from app.discoveries.models import ColumnMapping, IncomingFile
from app.discoveries.rules import Heading, ListColumn, Route
from app.discoveries.rules.mapping import LOOKED_AT_ROWS, headings_key, mapped_heading, possible_headings


def remembered_heading(
    session: Session, district_id: int, source: Route, rows: Sequence[TableRow]
) -> Heading | None:  # fmt: skip
    """The heading of a file of this source whose columns somebody named before; None when nobody did."""
    keys = {headings_key(row.cells): row for row in reversed(list(possible_headings(rows[:LOOKED_AT_ROWS])))}
    found = session.scalars(
        select(ColumnMapping).where(
            ColumnMapping.district_id == district_id, ColumnMapping.source == source,
            ColumnMapping.headings_key.in_(keys),
        )
    ).all()  # fmt: skip
    if not found:
        return None
    uppermost = min(found, key=lambda mapping: keys[mapping.headings_key].number)
    return mapped_heading(keys[uppermost.headings_key], columns_of(uppermost))


def columns_of(mapping: ColumnMapping) -> dict[ListColumn, tuple[int, ...]]:
    """Where the columns of a mapping stand; one that no longer has a meaning is left out."""
    known = set(ListColumn)
    return {ListColumn(name): tuple(places) for name, places in mapping.columns.items() if name in known}


def list_mappings(session: Session, who: Identity) -> Sequence[ColumnMapping]:
    """What is remembered in the own 시군구, the newest first."""
    own = select(ColumnMapping).where(ColumnMapping.district_id == who.district_id)
    loaded = own.options(joinedload(ColumnMapping.by))
    return session.scalars(loaded.order_by(ColumnMapping.at.desc(), ColumnMapping.id.desc())).all()


def get_mapping(session: Session, who: Identity, mapping_id: int) -> ColumnMapping:
    """One of the own 시군구, or NotFound."""
    found = session.get(ColumnMapping, mapping_id) if mapping_id <= LARGEST_KEY else None
    if found is None or found.district_id != who.district_id:
        raise NotFound
    return found


def find_incoming(session: Session, who: Identity) -> IncomingFile | None:
    """The file whose columns this person still has to name."""
    loaded = (joinedload(IncomingFile.centre), joinedload(IncomingFile.round))
    own = select(IncomingFile).where(IncomingFile.by_id == who.account_id)
    return session.scalars(own.options(*loaded)).one_or_none()


def get_incoming(session: Session, who: Identity, incoming_id: int) -> IncomingFile:
    """The own file of this key, or NotFound: nobody else's is anybody's to see."""
    found = find_incoming(session, who)
    if found is None or found.id != incoming_id:
        raise NotFound
    return found
