"""Tables of protection: restricted tasks, and the public numbers to call."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.core.database import Base
from app.households.models import Household, Member
from app.safety.rules import ProtectionKind


class HotlineVersion(Base):
    """One version of the public numbers (119, 112, 109 …): they change, so they are data."""

    __tablename__ = "hotline_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[str] = mapped_column(unique=True)
    effective_from: Mapped[date]
    document: Mapped[dict[str, Any]]


class ProtectionTask(Base):
    """학대 의심·자살 위험: to be dealt with at once, seen by named staff only.

    Who reported it stands in `reporter` and nowhere else: on no list, export or paper but the report itself.
    """

    __tablename__ = "protection_task"
    __table_args__ = (Index("ix_protection_task_household", "household_id", "closed_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    visit_id: Mapped[UUID | None]
    kind: Mapped[ProtectionKind]
    because: Mapped[str]
    """What was seen or answered."""
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    due_at: Mapped[datetime]
    staff_ids: Mapped[list[Any]] = mapped_column(default=list)
    """Accounts that may see it besides the supervisors of the centre."""
    reporter: Mapped[str] = mapped_column(default="")
    reported_to: Mapped[str] = mapped_column(default="")
    reported_at: Mapped[datetime | None]
    receipt_number: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    household: Mapped[Household] = relationship()
    member: Mapped[Member | None] = relationship()
    opened_by: Mapped[Account] = relationship(foreign_keys=[opened_by_id])

    @property
    def centre_id(self) -> int:
        return self.household.centre_id
