"""Mails as rows: written by whoever has something to tell, taken up and settled by the delivery.

A mail is sent at most once. Whoever sends it takes the row up first, in a transaction of its own, and from then on the
row says «uncertain» until the server has answered; a process that dies in between leaves it so, and nobody tries again.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.alerts.models import Mail
from app.alerts.rules import EXPIRED, UNCERTAIN, Answer, Letter, Reply, next_try


def write_mail(session: Session, recipient: Account, *, for_on: date, subject: str, body: str, now: datetime) -> bool:
    """Write the one mail of a person and day, to be sent later; False when there is one, or nobody who wants it.

    Args:
        subject: one line without a name, an address or a number of anybody; it is shown on locked screens.
        body: plain text as `rules.blocks_of` reads it, without names and addresses: mails leave the building.
    """
    if (
        not (recipient.email and recipient.wants_mail)
        or recipient.disabled_at
        or _is_written(session, recipient, for_on)
    ):
        return False
    mail = Mail(
        recipient_id=recipient.id, for_on=for_on, address=recipient.email, subject=" ".join(subject.split()),
        body=body, created_at=now, next_try_at=now,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(mail)
            session.flush()
    except IntegrityError:
        return False  # somebody wrote it at the same moment
    return True


def _is_written(session: Session, recipient: Account, for_on: date) -> bool:
    statement = select(Mail.id).where(Mail.recipient_id == recipient.id, Mail.for_on == for_on)
    return session.scalar(statement) is not None


def claim_mail(session: Session, mail_id: int, *, now: datetime) -> Letter | None:
    """Take a waiting mail up to send it now; None when somebody else has. To be committed before it is sent."""
    taken = session.execute(
        update(Mail)
        .where(Mail.id == mail_id, Mail.sent_at.is_(None), Mail.next_try_at <= now)
        .values(next_try_at=None, tries=Mail.tries + 1, error=UNCERTAIN)
    )
    if not taken.rowcount:  # type: ignore[attr-defined]
        return None
    mail = session.get_one(Mail, mail_id)
    return Letter(mail.id, mail.for_on, mail.address, mail.subject, mail.body, mail.created_at)


def settle_mail(session: Session, mail_id: int, reply: Reply, *, now: datetime) -> None:
    """Remember how the try ended: sent, to be tried again after a pause, or given up."""
    mail = session.get_one(Mail, mail_id)
    if reply.answer is Answer.ACCEPTED:
        mail.sent_at, mail.error = now, ""
    elif reply.answer is Answer.UNKNOWN:
        mail.error = f"{UNCERTAIN} {reply.error}"
    else:
        mail.error = reply.error
        mail.next_try_at = next_try(now, tries=mail.tries) if reply.answer is Answer.LATER else None
    session.flush()


def expire_mails(session: Session, *, today: date) -> int:
    """Give up the mails of days that went by: what was to be done yesterday is no news. Returns how many."""
    statement = (
        update(Mail)
        .where(Mail.sent_at.is_(None), Mail.next_try_at.is_not(None), Mail.for_on < today)
        .values(next_try_at=None, error=EXPIRED)
    )
    return int(session.execute(statement).rowcount)  # type: ignore[attr-defined]


def forget_mails(session: Session, *, before: date) -> int:
    """Drop mails for days before `before`, sent or not. Returns how many."""
    return int(session.execute(delete(Mail).where(Mail.for_on < before)).rowcount)  # type: ignore[attr-defined]
