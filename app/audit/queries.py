"""Read the access log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.models import AccessChain, AccessLog
from app.audit.rules import Break, find_breaks


def find_broken_rows(session: Session) -> Iterator[Break]:
    """Walk every chain from its first row and name each break; yields nothing when the log is whole."""
    heads = {head.chain: (head.position, head.hash) for head in session.scalars(select(AccessChain))}
    chains = set(session.scalars(select(AccessLog.chain).distinct()))
    for chain in sorted(chains | heads.keys()):
        rows = select(AccessLog).where(AccessLog.chain == chain).order_by(AccessLog.position)
        entries = (
            (row.entry(), row.hash_before, row.hash) for row in session.scalars(rows.execution_options(yield_per=1000))
        )
        yield from find_breaks(entries, chain=chain, ends_at=heads.get(chain))


def list_entries(
    session: Session,
    *,
    actor_ids: frozenset[int] | None = None,
    before_id: int | None = None,
    limit: int = 50,
) -> Sequence[AccessLog]:
    """The newest rows first; `before_id` goes on from there."""
    statement = select(AccessLog).order_by(AccessLog.id.desc()).limit(limit)
    if actor_ids is not None:
        statement = statement.where(AccessLog.actor_id.in_(actor_ids))
    if before_id is not None:
        statement = statement.where(AccessLog.id < before_id)
    return session.scalars(statement).all()
