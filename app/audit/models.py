"""Tables of the access log. Rows are only ever added."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.audit.rules import Action, Entry
from app.core.database import Base


class AccessLog(Base):
    """One act of one person. See `rules.Entry` for what each field holds."""

    __tablename__ = "access_log"
    __table_args__ = (
        UniqueConstraint("chain", "position"),
        Index("ix_access_log_household", "household_id", "id"),
        Index("ix_access_log_actor", "actor_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    chain: Mapped[str]
    position: Mapped[int]
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    """No foreign key: the log outlives the account."""
    address: Mapped[str]
    device: Mapped[str]
    request_id: Mapped[str]
    action: Mapped[Action]
    subject: Mapped[str]
    """Kind and key of what was touched, e.g. `visit:6f1c…`; never a name."""
    household_id: Mapped[int | None]
    row_count: Mapped[int]
    """How many people's records the act concerned (처리 건수)."""
    detail: Mapped[str]
    """Household ids of a list, or what changed in words without personal data."""
    purpose: Mapped[str]
    hash_before: Mapped[str]
    hash: Mapped[str]

    def entry(self) -> Entry:
        """The row as the pure chain rules read it."""
        return Entry(
            self.chain, self.position, self.at, self.actor_id, self.address, self.device, self.request_id,
            self.action, self.subject, self.household_id, self.row_count, self.detail, self.purpose,
        )  # fmt: skip


class AccessChain(Base):
    """The head of one chain: its lock while a row is added, and the witness of a cut tail."""

    __tablename__ = "access_chain"

    chain: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    hash: Mapped[str]
