"""Tables of files on their way in: columns that somebody named, a file that waits for it, rows that wait to be taken."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Centre
from app.core.database import Base
from app.discoveries.rules import Route

if TYPE_CHECKING:
    from app.discoveries.models.lists import Round


class IncomingFile(Base):
    """A file whose columns somebody still has to name. One for each person, and for a day at most.

    Of a resident number in it nothing is left but what a birth date needs: see `rules.mapping.without_serials`.
    """

    __tablename__ = "incoming_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"), unique=True)
    centre_id: Mapped[int | None] = mapped_column(ForeignKey("centre.id"))
    round_id: Mapped[int | None] = mapped_column(ForeignKey("discovery_round.id"))
    title: Mapped[str]
    file_form: Mapped[str]
    fingerprint: Mapped[str]
    """Of the file as it came, so that it is known again: see `ImportedList.fingerprint`."""
    rows: Mapped[list[Any]]
    """[number, cells] of each row."""
    unread_sheets: Mapped[list[str]]
    problem: Mapped[str] = mapped_column(default="")
    """Why it could not be read by itself; empty when somebody wanted to name the columns."""
    received_at: Mapped[datetime]

    centre: Mapped[Centre | None] = relationship()
    round: Mapped[Round | None] = relationship()


class StagedRows(Base):
    """Some judged rows of a long list that wait to be taken in, those that hang on one another together."""

    __tablename__ = "staged_rows"
    __table_args__ = (UniqueConstraint("imported_list_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    imported_list_id: Mapped[int] = mapped_column(ForeignKey("imported_list.id"))
    position: Mapped[int]
    results: Mapped[list[Any]]
    """As `service.staging` writes them."""


class ColumnMapping(Base):
    """Which heading of a source's files means what, as somebody mapped it once."""

    __tablename__ = "column_mapping"
    __table_args__ = (UniqueConstraint("district_id", "source", "headings_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"))
    source: Mapped[Route]
    headings_key: Mapped[str]
    """Hash of the headings it was made for."""
    headings: Mapped[list[str]]
    """As they stood in the file, to be shown."""
    columns: Mapped[dict[str, Any]]
    """Positions, from 0, of each `ListColumn`."""
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]

    by: Mapped[Account | None] = relationship()
