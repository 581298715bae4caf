"""What the access log holds."""

from __future__ import annotations

from collections.abc import Sequence

from app.audit.models import AccessLog
from sqlalchemy import select
from sqlalchemy.orm import Session


def list_entries(session: Session, *, limit: int = 50) -> Sequence[AccessLog]:
    """The newest rows of every centre, the newest first."""
    return session.scalars(select(AccessLog).order_by(AccessLog.id.desc()).limit(limit)).all()
