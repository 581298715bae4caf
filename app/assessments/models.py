"""Tables of assessments. A score is the sum of its stored lines; a person may set another band with a reason."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.core.database import Base
from app.households.models import Household, Member, OfHousehold


class InstrumentVersion(Base):
    """One version of an instrument: items, weights, bands, cut-offs with sources, licence. Never edited once used.

    The table that proposes care groups (`queries.TABLES`) is kept here too: data of the same kind, with versions of a
    district's own from a day on.
    """

    __tablename__ = "instrument_version"
    __table_args__ = (UniqueConstraint("district_id", "code", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int | None] = mapped_column(ForeignKey("district.id"))
    """Whose own cut-offs they are; None holds for everybody."""
    code: Mapped[str]
    version: Mapped[str]
    name: Mapped[str]
    effective_from: Mapped[date]
    document: Mapped[dict[str, Any]]
    """As `rules.instrument_from` reads it."""
    note: Mapped[str] = mapped_column(default="")
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    set_at: Mapped[datetime | None]


class Assessment(OfHousehold, Base):
    """One instrument answered about one person on one day. The id is made by the tablet."""

    __tablename__ = "assessment"
    __table_args__ = (
        Index("ix_assessment_household", "household_id", "assessed_on"),
        Index("ix_assessment_member", "member_id", "assessed_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    """None when it is about the household."""
    visit_id: Mapped[UUID | None]
    """The record during which it was answered, a draft at first."""
    instrument_id: Mapped[int] = mapped_column(ForeignKey("instrument_version.id"))
    assessed_on: Mapped[date]
    total: Mapped[Decimal]
    band: Mapped[str]
    """Code of the band by the instrument's own cut-offs."""
    chosen_band: Mapped[str] = mapped_column(default="")
    """Code of the band a person chose instead; empty when none."""
    override_reason: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[datetime]
    voided_at: Mapped[datetime | None]
    voided_because: Mapped[str] = mapped_column(default="")

    instrument: Mapped[InstrumentVersion] = relationship()
    household: Mapped[Household] = relationship()
    member: Mapped[Member | None] = relationship()
    by: Mapped[Account] = relationship()
    lines: Mapped[list[AssessmentLine]] = relationship(
        back_populates="assessment", order_by="AssessmentLine.position", cascade="all, delete-orphan"
    )

    @property
    def band_that_stands(self) -> str:
        """Code of the band that counts: the one a person chose, or that of the cut-offs."""
        return self.chosen_band or self.band


class AssessmentLine(Base):
    """One answered item with the points it gave."""

    __tablename__ = "assessment_line"

    assessment_id: Mapped[UUID] = mapped_column(ForeignKey("assessment.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    item: Mapped[str]
    """Code of the item."""
    answer: Mapped[str]
    """Code of the answer, or what was typed."""
    points: Mapped[Decimal]

    assessment: Mapped[Assessment] = relationship(back_populates="lines")
