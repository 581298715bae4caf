"""출력 대장: every print, with its purpose and the facts to open it again exactly as printed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.core.database import Base
from app.reports.rules import Masking, Medium, Purpose, medium_of


class PrintRecord(Base):
    """One print or export of a report."""

    __tablename__ = "print_record"
    __table_args__ = (Index("ix_print_record_centre", "centre_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    """R04, R13, F10 …"""
    title: Mapped[str]
    """What the register shows; no client's name."""
    centre_id: Mapped[int | None] = mapped_column(ForeignKey("centre.id"))
    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"))
    subject_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    masking: Mapped[Masking]
    purpose: Mapped[Purpose]
    copy_number: Mapped[int]
    template_version: Mapped[str]
    facts: Mapped[dict[str, Any]]
    facts_hash: Mapped[str]
    written_on: Mapped[date]
    printed_at: Mapped[datetime]
    printed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    printed_by: Mapped[Account | None] = relationship(foreign_keys=[printed_by_id])

    @property
    def medium(self) -> Medium:
        return medium_of(self.template_version)
