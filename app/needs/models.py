"""Tables of needs: the form as versioned data, and what was found with it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.core.database import Base
from app.households.models import Household, OfHousehold
from app.needs.rules import NeedLevel


class NeedsForm(Base):
    """One version of the form of needs: domains, items, levels. Never edited once used."""

    __tablename__ = "needs_form"
    __table_args__ = (UniqueConstraint("district_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int | None] = mapped_column(ForeignKey("district.id"))
    """Whose own form it is; None holds for everybody."""
    version: Mapped[str]
    name: Mapped[str]
    effective_from: Mapped[date]
    document: Mapped[dict[str, Any]]
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    set_at: Mapped[datetime | None]


class NeedsAssessment(OfHousehold, Base):
    """욕구 및 위기도 조사: every item of the form answered on one day. The id is made by the tablet."""

    __tablename__ = "needs_assessment"
    __table_args__ = (Index("ix_needs_assessment_household", "household_id", "assessed_on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("welfare_case.id"))
    form_id: Mapped[int] = mapped_column(ForeignKey("needs_form.id"))
    assessed_on: Mapped[date]
    strengths: Mapped[str] = mapped_column(default="")
    own_words: Mapped[str] = mapped_column(default="")
    """What the person says, in their words."""
    workers_view: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]
    voided_at: Mapped[datetime | None]
    voided_because: Mapped[str] = mapped_column(default="")

    household: Mapped[Household] = relationship()
    form: Mapped[NeedsForm] = relationship()
    by: Mapped[Account] = relationship()
    found: Mapped[list[NeedFound]] = relationship(
        back_populates="assessment", order_by="NeedFound.position", cascade="all, delete-orphan"
    )


class NeedFound(Base):
    """One item of the form with its level and words."""

    __tablename__ = "need_found"

    assessment_id: Mapped[UUID] = mapped_column(ForeignKey("needs_assessment.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    item: Mapped[str]
    """Code of the item."""
    level: Mapped[NeedLevel]
    note: Mapped[str] = mapped_column(default="")

    assessment: Mapped[NeedsAssessment] = relationship(back_populates="found")
