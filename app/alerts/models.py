"""The inbox."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.alerts.rules import AlertKind
from app.core.database import Base


class Alert(Base):
    """One piece of news for one person."""

    __tablename__ = "alert"
    __table_args__ = (
        UniqueConstraint("kind", "subject", "recipient_id"),
        Index("ix_alert_inbox", "recipient_id", "read_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[AlertKind]
    subject: Mapped[str]
    """What it is about, e.g. `visit:6f1c…`; with kind and recipient it says «once»."""
    recipient_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    household_id: Mapped[int | None]
    text: Mapped[str]
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class Mail(Base):
    """One mail to one person: a row first, sent later by a job. At most one a person and day, whatever it tells."""

    __tablename__ = "mail"
    __table_args__ = (
        UniqueConstraint("recipient_id", "for_on"),
        Index("ix_mail_waiting", "sent_at", "next_try_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    for_on: Mapped[date]
    address: Mapped[str]
    subject: Mapped[str]
    """No name and no address of anybody: subjects are shown on locked screens."""
    body: Mapped[str]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    next_try_at: Mapped[datetime | None]
    """When to try next; None once it was sent or given up."""
    tries: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(default="")
    """Class of the last error."""
