"""The feeds that phones subscribe to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.core.database import Base


class CalendarFeed(Base):
    """One subscription of one person's calendar. Whoever holds the token reads it, so it can be revoked."""

    __tablename__ = "calendar_feed"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    """The token itself is shown once and kept nowhere."""
    device: Mapped[str]
    """Where it is used, in the owner's words: «내 휴대전화»."""
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    """When a calendar last fetched it."""

    account: Mapped[Account] = relationship()
