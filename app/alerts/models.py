"""The inbox."""

from __future__ import annotations

from datetime import datetime

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
