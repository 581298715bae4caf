"""Tables of care groups: registration in a programme, and what was proposed and decided about a group."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.care_groups.rules import DischargeReason, Programme
from app.core.database import Base
from app.follow_ups.rules import CareGroup
from app.households.models import Household, Member, OfHousehold


class Registration(OfHousehold, Base):
    """One person in one programme, from a day until their discharge (퇴록)."""

    __tablename__ = "registration"
    __table_args__ = (Index("ix_registration_member", "member_id", "discharged_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    programme: Mapped[Programme]
    registered_on: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    twice_because: Mapped[str] = mapped_column(default="")
    """Why they are in another programme at the same time; empty when they were not."""
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]
    discharged_on: Mapped[date | None]
    discharge_reason: Mapped[DischargeReason | None]
    discharge_note: Mapped[str] = mapped_column(default="")
    discharged_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    household: Mapped[Household] = relationship()
    member: Mapped[Member] = relationship()
    by: Mapped[Account] = relationship(foreign_keys=[by_id])
    discharged_by: Mapped[Account | None] = relationship(foreign_keys=[discharged_by_id])


class GroupDecision(OfHousehold, Base):
    """What the readings proposed and what a nurse decided; the term she set stands with the follow-ups."""

    __tablename__ = "group_decision"
    __table_args__ = (Index("ix_group_decision_member", "member_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    proposed: Mapped[CareGroup | None]
    """None when the readings said nothing."""
    lines: Mapped[list[Any]] = mapped_column(default=list)
    """Why, line by line, as it stood on the page."""
    table_version: Mapped[str] = mapped_column(default="")
    """Version of the table that proposed."""
    chosen: Mapped[CareGroup]
    reason: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]

    household: Mapped[Household] = relationship()
    member: Mapped[Member] = relationship()
    by: Mapped[Account] = relationship()
