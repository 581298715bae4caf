"""Who was responsible for a household, from when to when, and why it changed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.assignments.rules import Duty
from app.core.database import Base


class Assignment(Base):
    """One stretch of responsibility. `until_on` is its last day; the standing one has none."""

    __tablename__ = "assignment"
    __table_args__ = (
        Index("ix_assignment_household", "household_id", "duty", "until_on"),
        Index("ix_assignment_account", "account_id", "until_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    duty: Mapped[Duty]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="")
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    set_at: Mapped[datetime]

    account: Mapped[Account] = relationship(foreign_keys=[account_id])
