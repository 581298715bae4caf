"""Tables of the lists that come in, and of what became of each row."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Centre
from app.core.database import Base
from app.discoveries.rules.vocabulary import RowOutcome
from app.households.models import Household


class ImportedList(Base):
    """One file that was taken in. The same rows again are answered with the first result."""

    __tablename__ = "imported_list"
    __table_args__ = (UniqueConstraint("district_id", "fingerprint"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"))
    centre_id: Mapped[int | None] = mapped_column(ForeignKey("centre.id"))
    fingerprint: Mapped[str]
    title: Mapped[str]
    headings: Mapped[list[Any]]
    row_count: Mapped[int]
    imported_at: Mapped[datetime]
    imported_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    centre: Mapped[Centre | None] = relationship()
    imported_by: Mapped[Account | None] = relationship()
    rows: Mapped[list[ListRow]] = relationship(back_populates="imported_list", order_by="ListRow.row_number")


class ListRow(Base):
    """One person's line of a list, as it stood there, with its result."""

    __tablename__ = "list_row"
    __table_args__ = (
        UniqueConstraint("imported_list_id", "row_number"),
        Index("ix_list_row_fingerprint", "fingerprint"),
        Index("ix_list_row_household", "household_id"),
        Index("ix_list_row_outcome", "outcome", "imported_list_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    imported_list_id: Mapped[int] = mapped_column(ForeignKey("imported_list.id"))
    centre_id: Mapped[int | None] = mapped_column(ForeignKey("centre.id"))
    row_number: Mapped[int]
    """As the spreadsheet numbers it, from 1."""
    fingerprint: Mapped[str]
    cells: Mapped[list[Any]]
    """The original cells, resident numbers masked."""
    outcome: Mapped[RowOutcome]
    reason: Mapped[str] = mapped_column(default="")
    crisis_codes: Mapped[list[str]] = mapped_column(default=list)
    months_in_arrears: Mapped[int | None]
    previous_discoveries: Mapped[int | None]
    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"))
    """The household the row was joined to, or that it created."""
    candidate_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"))
    """The household it is likely to belong to, while a person has not decided."""
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]
    discovered_on: Mapped[date]

    imported_list: Mapped[ImportedList] = relationship(back_populates="rows")
    household: Mapped[Household | None] = relationship(foreign_keys=[household_id])
    candidate: Mapped[Household | None] = relationship(foreign_keys=[candidate_id])
