"""Tell somebody something, once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.alerts.models import Alert
from app.alerts.rules import AlertKind


def raise_alert(
    session: Session,
    kind: AlertKind,
    *,
    subject: str,
    recipient_ids: Iterable[int],
    text: str,
    household_id: int | None = None,
    now: datetime,
) -> int:
    """Tell each recipient once per kind and subject; telling again is harmless. Returns how many were new."""
    wanted = set(recipient_ids)
    told = select(Alert.recipient_id).where(
        Alert.kind == kind, Alert.subject == subject, Alert.recipient_id.in_(wanted)
    )
    fresh = sorted(wanted - set(session.scalars(told)))
    session.add_all(
        Alert(
            kind=kind,
            subject=subject,
            recipient_id=recipient,
            household_id=household_id,
            text=text,
            created_at=now,
        )
        for recipient in fresh
    )
    session.flush()
    return len(fresh)


def mark_read(session: Session, alert_ids: Iterable[int], *, actor: Identity, now: datetime) -> int:
    """Mark one's own alerts as read; others' are left alone. Returns how many changed."""
    statement = (
        update(Alert)
        .where(Alert.id.in_(list(alert_ids)), Alert.recipient_id == actor.account_id, Alert.read_at.is_(None))
        .values(read_at=now)
    )
    return int(session.execute(statement).rowcount)  # type: ignore[attr-defined]
