"""Tables of case conferences: one meeting, many households, a decision for each."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Centre
from app.cases.models import Case, OfCase
from app.conferences.rules import ConferenceKind, Decision, Matter
from app.core.database import Base


class Conference(Base):
    """사례회의: its minutes are a draft until they are confirmed, and never change after."""

    __tablename__ = "conference"
    __table_args__ = (Index("ix_conference_centre", "centre_id", "held_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id"))
    kind: Mapped[ConferenceKind]
    held_on: Mapped[date]
    began: Mapped[time | None]
    ended: Mapped[time | None]
    place: Mapped[str] = mapped_column(default="")
    attendees: Mapped[list[Any]] = mapped_column(default=list)
    """[{account_id, name, agency}]; account_id None for people of other agencies."""
    opening: Mapped[str] = mapped_column(default="")
    """What concerns all of the agenda."""
    addenda: Mapped[list[Any]] = mapped_column(default=list)
    """[{at, by, text}]: what was put right after the minutes were confirmed, in the order in which it was written."""
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    agenda: Mapped[list[AgendaItem]] = relationship(
        back_populates="conference", order_by="AgendaItem.position", cascade="all, delete-orphan"
    )
    centre: Mapped[Centre] = relationship()
    by: Mapped[Account] = relationship(foreign_keys=[by_id])
    confirmed_by: Mapped[Account | None] = relationship(foreign_keys=[confirmed_by_id])


class AgendaItem(OfCase, Base):
    """안건: one household's case before a conference, what was said and what was decided."""

    __tablename__ = "agenda_item"
    __table_args__ = (Index("ix_agenda_item_case", "case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id"))
    position: Mapped[int]
    case_id: Mapped[int] = mapped_column(ForeignKey("welfare_case.id"))
    matter: Mapped[Matter]
    summary: Mapped[str] = mapped_column(default="")
    said: Mapped[str] = mapped_column(default="")
    decision: Mapped[Decision | None]
    decision_note: Mapped[str] = mapped_column(default="")
    closing: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What a closure asks for besides the note: {reason, goals, attempts, recheck_on}; empty where nothing is closed."""
    seen: Mapped[str] = mapped_column(default="")
    """How the case stood when this was decided; confirming refuses a decision about a case that has moved since."""
    applied_at: Mapped[datetime | None]
    """When confirming the minutes moved the case."""

    conference: Mapped[Conference] = relationship(back_populates="agenda")
    case: Mapped[Case] = relationship()
