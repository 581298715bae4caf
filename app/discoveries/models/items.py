"""Tables of whoever is to be found and answered, of the tries to reach them, and of what neighbours saw."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.database import Base
from app.discoveries.rules import ItemOutcome, ItemState, Route
from app.follow_ups.rules import ContactMode


class TriageTable(Base):
    """One version of the weights by which items are put in order. Never edited once used."""

    __tablename__ = "triage_table"
    __table_args__ = (UniqueConstraint("district_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int | None] = mapped_column(ForeignKey("district.id"))
    version: Mapped[str]
    effective_from: Mapped[date]
    document: Mapped[dict[str, Any]]
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    set_at: Mapped[datetime | None]


class DiscoveryItem(Base):
    """발굴 대상: somebody to be found, talked to and answered, from whatever source."""

    __tablename__ = "discovery_item"
    __table_args__ = (
        UniqueConstraint("list_row_id"),
        Index("ix_discovery_item_queue", "centre_id", "state", "score", "id"),
        Index("ix_discovery_item_household", "household_id", "received_on"),
        Index("ix_discovery_item_person", "person_key", "received_on"),
        Index("ix_discovery_item_claimed", "claimed_by_id", "state"),
        Index("ix_discovery_item_round", "round_id", "centre_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id"))
    round_id: Mapped[int | None] = mapped_column(ForeignKey("discovery_round.id"))
    list_row_id: Mapped[int | None] = mapped_column(ForeignKey("list_row.id"))
    source: Mapped[Route]
    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"))
    """None while nobody knows who it is: a neighbour's report."""
    person_key: Mapped[str] = mapped_column(default="")
    """Hash of name and birth date, the same on every list; empty where they are not known."""
    received_on: Mapped[date]
    summary: Mapped[str] = mapped_column(default="")
    """What was seen or asked for, where there is no list row."""
    score: Mapped[int]
    score_lines: Mapped[list[Any]] = mapped_column(default=list)
    """[[points, words]] as they stood when it was judged."""
    triage_id: Mapped[int | None] = mapped_column(ForeignKey("triage_table.id"))
    state: Mapped[ItemState]
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    claimed_at: Mapped[datetime | None]
    outcome: Mapped[ItemOutcome | None]
    outcome_note: Mapped[str] = mapped_column(default="")
    outcome_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    outcome_at: Mapped[datetime | None]
    recheck_on: Mapped[date | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    approved_at: Mapped[datetime | None]
    sent_back_because: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)


class ItemAttempt(Base):
    """One try to reach whom an item is about. The id is made by the tablet."""

    __tablename__ = "item_attempt"
    __table_args__ = (Index("ix_item_attempt_item", "item_id", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("discovery_item.id"))
    mode: Mapped[ContactMode]
    at: Mapped[datetime]
    note: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[datetime]


class NeighbourReport(Base):
    """이웃신고: what somebody saw and where. Whoever wrote it stands here and nowhere else."""

    __tablename__ = "neighbour_report"
    __table_args__ = (Index("ix_neighbour_report_at", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("discovery_item.id"), unique=True)
    place: Mapped[str]
    seen: Mapped[str]
    kinds: Mapped[list[Any]] = mapped_column(default=list)
    reporter_name: Mapped[str] = mapped_column(default="")
    reporter_phone: Mapped[str] = mapped_column(default="")
    receipt: Mapped[str] = mapped_column(unique=True)
    """What the reporter is told: a number that opens nothing."""
    sender_hash: Mapped[str]
    """Keyed hash of the sender's address, for the limit; forgotten after a day."""
    at: Mapped[datetime]

    item: Mapped[DiscoveryItem] = relationship()

    @property
    def centre_id(self) -> int:
        return self.item.centre_id

    @property
    def household_id(self) -> int | None:
        return self.item.household_id

    @property
    def names_somebody(self) -> bool:
        """Whether whoever wrote it left a name or a number."""
        return bool(self.reporter_name or self.reporter_phone)
