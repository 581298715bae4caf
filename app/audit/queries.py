"""Read the access log."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.models import AccessChain, AccessLog
from app.audit.rules import GENESIS, Break, find_breaks


def find_broken_rows(session: Session, *, newest: int | None = None) -> Iterator[Break]:
    """Walk every chain from its first row and name each break; yields nothing when the log is whole.

    With `newest` only so many rows at the end of each chain are walked, from the row before them on. Rows that are
    added meanwhile look like a break unless the session sees one moment of the database (`core.database.snapshot`).
    """
    heads = {head.chain: (head.position, head.hash) for head in session.scalars(select(AccessChain))}
    chains = set(session.scalars(select(AccessLog.chain).distinct()))
    for chain in sorted(chains | heads.keys()):
        skipped = max(0, heads[chain][0] - newest) if newest is not None and chain in heads else 0
        rows = select(AccessLog).where(AccessLog.chain == chain, AccessLog.position > skipped)
        rows = rows.order_by(AccessLog.position).execution_options(yield_per=1000)
        entries = ((row.entry(), row.hash_before, row.hash) for row in session.scalars(rows))
        before = _hash_at(session, chain, skipped)
        yield from find_breaks(entries, chain=chain, begins_after=(skipped, before), ends_at=heads.get(chain))


def _hash_at(session: Session, chain: str, position: int) -> str:
    if position == 0:
        return GENESIS
    row = select(AccessLog.hash).where(AccessLog.chain == chain, AccessLog.position == position)
    return session.scalar(row) or "missing"
