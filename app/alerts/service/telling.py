"""The inbox: put news there once, take it away again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.alerts.models import Alert
from app.alerts.queries import list_told
from app.alerts.rules import AlertKind

AT_ONCE = 500
"""So many rows are written in one statement."""
MOST_CLASHES = 5


@dataclass(frozen=True, slots=True)
class News:
    """One thing to tell one person. With its kind, `subject` and `recipient_id` say «once»."""

    subject: str
    recipient_id: int
    text: str
    household_id: int | None = None


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
    return tell(
        session, kind, [News(subject, recipient, text, household_id) for recipient in set(recipient_ids)], now=now
    )


def tell(session: Session, kind: AlertKind, news: Collection[News], *, now: datetime) -> int:
    """Put into the inboxes what is not there yet; returns how many were new.

    Somebody who tells the same at the same moment is met at the table's own constraint: what they told is then left
    out, so that everybody hears it exactly once.
    """
    for _ in range(MOST_CLASHES):
        fresh = _untold(session, kind, news)
        if not fresh:
            return 0
        try:
            with session.begin_nested():
                _write(session, kind, fresh, now)
        except IntegrityError:
            continue
        return len(fresh)
    raise RuntimeError("others keep telling the same news")  # each of them tells it once, so there is an end


def _untold(session: Session, kind: AlertKind, news: Collection[News]) -> list[News]:
    """In one order for everybody, so that two who tell at once wait for each other and never in a ring."""
    told = list_told(session, kind, {each.subject for each in news})
    fresh = {(each.subject, each.recipient_id): each for each in news}
    return [fresh[key] for key in sorted(fresh.keys() - told)]


def _write(session: Session, kind: AlertKind, fresh: Sequence[News], now: datetime) -> None:
    rows = [
        {
            "kind": kind, "subject": each.subject, "recipient_id": each.recipient_id, "household_id": each.household_id,
            "text": each.text, "created_at": now,
        }
        for each in fresh
    ]  # fmt: skip
    for start in range(0, len(rows), AT_ONCE):
        session.execute(insert(Alert), rows[start : start + AT_ONCE])


def mark_read(session: Session, alert_ids: Iterable[int], *, actor: Identity, now: datetime) -> int:
    """Mark one's own alerts as read; others' are left alone. Returns how many changed."""
    statement = (
        update(Alert)
        .where(Alert.id.in_(list(alert_ids)), Alert.recipient_id == actor.account_id, Alert.read_at.is_(None))
        .values(read_at=now)
    )
    return int(session.execute(statement).rowcount)  # type: ignore[attr-defined]


def put_away(session: Session, kind: AlertKind, recipient_ids: Iterable[int], *, but: str, now: datetime) -> int:
    """Mark older news of a kind as read that a newer one, of the subject `but`, has overtaken. Returns how many."""
    statement = (
        update(Alert)
        .where(
            Alert.recipient_id.in_(sorted(recipient_ids)), Alert.read_at.is_(None), Alert.kind == kind,
            Alert.subject != but,
        )
        .values(read_at=now)
    )  # fmt: skip
    return int(session.execute(statement).rowcount)  # type: ignore[attr-defined]


def settle(session: Session, kind: AlertKind, subjects: Collection[str], *, now: datetime) -> int:
    """Mark news as read for everybody who was told, because what it asked for is over. Returns how many changed."""
    statement = update(Alert).where(Alert.kind == kind, Alert.subject.in_(sorted(subjects)), Alert.read_at.is_(None))
    return int(session.execute(statement.values(read_at=now)).rowcount)  # type: ignore[attr-defined]
