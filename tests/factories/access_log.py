"""What the access log holds."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from app.audit.models import AccessLog
from sqlalchemy import select
from sqlalchemy.orm import Session


def list_entries(session: Session, *, actor_ids: Collection[int] | None = None, limit: int = 50) -> Sequence[AccessLog]:
    """The newest rows of every centre, or those of some people, the newest first."""
    rows = select(AccessLog).order_by(AccessLog.id.desc()).limit(limit)
    if actor_ids is not None:
        rows = rows.where(AccessLog.actor_id.in_(actor_ids))
    return session.scalars(rows).all()
