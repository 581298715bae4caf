"""Read the inbox. Everybody sees only what was told to them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.alerts.models import Alert
from app.core.database import fetch

MOST_SHOWN = 100
_UNREAD = select(func.count()).where(Alert.recipient_id == bindparam("recipient_id"), Alert.read_at.is_(None))
"""Runs on every page: built once."""


def count_unread(session: Session, who: Identity) -> int:
    """How many alerts wait for `who`."""
    return int(fetch(session, _UNREAD, {"recipient_id": who.account_id})[0][0])


def list_inbox(session: Session, who: Identity, *, limit: int = MOST_SHOWN) -> Sequence[Alert]:
    """Unread first, newest first."""
    statement = (
        select(Alert)
        .where(Alert.recipient_id == who.account_id)
        .order_by(Alert.read_at.is_not(None), Alert.id.desc())
        .limit(limit)
    )
    return session.scalars(statement).all()
