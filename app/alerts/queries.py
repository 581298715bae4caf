"""Read the inbox, of which everybody sees only what was told to them, and the mails that wait."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.accounts.models import Account
from app.alerts.models import Alert, Mail
from app.alerts.rules import URGENT, AlertKind, MailState, state_of
from app.core.database import fetch

MOST_SHOWN = 100
_UNREAD = select(func.count()).where(Alert.recipient_id == bindparam("recipient_id"), Alert.read_at.is_(None))
"""Runs on every page: built once."""


def count_unread(session: Session, who: Identity) -> int:
    """How many alerts wait for `who`."""
    return int(fetch(session, _UNREAD, {"recipient_id": who.account_id})[0][0])


def list_inbox(session: Session, who: Identity, *, limit: int = MOST_SHOWN) -> Sequence[Alert]:
    """Unread first, among them the urgent ones, then the newest."""
    presses = and_(Alert.read_at.is_(None), Alert.kind.in_(URGENT))
    statement = (
        select(Alert)
        .where(Alert.recipient_id == who.account_id)
        .order_by(Alert.read_at.is_not(None), presses.desc(), Alert.id.desc())
        .limit(limit)
    )
    return session.scalars(statement).all()


def list_subjects(session: Session, who: Identity, kind: AlertKind, *, since: datetime) -> list[str]:
    """What `who` was told of this kind since a moment, read or not, newest first."""
    statement = (
        select(Alert.subject)
        .where(Alert.recipient_id == who.account_id, Alert.kind == kind, Alert.created_at >= since)
        .order_by(Alert.id.desc())
    )
    return list(session.scalars(statement))


AT_ONCE = 500
"""So many subjects are asked for in one statement."""


def list_told(session: Session, kind: AlertKind, subjects: Collection[str]) -> frozenset[tuple[str, int]]:
    """Which of these subjects were told to whom: pairs of subject and account."""
    ordered, told = sorted(subjects), set[tuple[str, int]]()
    for start in range(0, len(ordered), AT_ONCE):
        statement = select(Alert.subject, Alert.recipient_id).where(
            Alert.kind == kind, Alert.subject.in_(ordered[start : start + AT_ONCE])
        )
        told.update((row[0], row[1]) for row in session.execute(statement))
    return frozenset(told)


def list_unread_subjects(session: Session, kind: AlertKind, *, district_id: int) -> frozenset[str]:
    """What somebody of a 시군구 was told of this kind and has not read yet."""
    statement = (
        select(Alert.subject)
        .join(Account, Account.id == Alert.recipient_id)
        .where(Account.district_id == district_id, Alert.kind == kind, Alert.read_at.is_(None))
    )
    return frozenset(session.scalars(statement.distinct()))


def list_waiting_mails(session: Session, *, now: datetime, most: int) -> Sequence[int]:
    """Ids of the mails whose turn has come, oldest first; those of accounts in use only."""
    statement = (
        select(Mail.id)
        .join(Account, Account.id == Mail.recipient_id)
        .where(Mail.sent_at.is_(None), Mail.next_try_at <= now, Account.disabled_at.is_(None))
        .order_by(Mail.next_try_at, Mail.id)
        .limit(most)
    )
    return session.scalars(statement).all()


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of one mail, for the administrator: to whom and how, never what it said."""

    name: str
    login: str
    account_id: int
    for_on: date
    state: MailState
    tries: int
    next_try_at: datetime | None
    error: str


def count_mails(session: Session, *, district_id: int, since: date) -> dict[MailState, int]:
    """How the mails of a 시군구 since a day stand."""
    counts = dict.fromkeys(MailState, 0)
    for mail in session.execute(_POSTED, {"district_id": district_id, "since": since}):
        counts[state_of(sent_at=mail.sent_at, next_try_at=mail.next_try_at, error=mail.error)] += 1
    return counts


_POSTED = (
    select(
        Account.name, Account.login, Account.id, Mail.for_on, Mail.sent_at, Mail.next_try_at, Mail.tries, Mail.error,
    )
    .join(Mail, Mail.recipient_id == Account.id)
    .where(Account.district_id == bindparam("district_id"), Mail.for_on >= bindparam("since"))
)  # fmt: skip


def list_troubled_mails(session: Session, *, district_id: int, since: date, most: int = MOST_SHOWN) -> list[Posted]:
    """Mails of a 시군구 since a day that were not sent at the first try, newest first."""
    troubled = _POSTED.where(Mail.sent_at.is_(None), or_(Mail.error != "", Mail.next_try_at.is_(None)))
    rows = session.execute(
        troubled.order_by(Mail.for_on.desc(), Mail.id.desc()).limit(most), {"district_id": district_id, "since": since}
    )
    return [
        Posted(
            row.name, row.login, row.id, row.for_on,
            state_of(sent_at=row.sent_at, next_try_at=row.next_try_at, error=row.error), row.tries, row.next_try_at,
            row.error,
        )
        for row in rows
    ]  # fmt: skip
