"""Tables of attachments. The files lie under the instance folder by their key; the rows say who may have them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.attachments.rules import AttachmentKind
from app.core.database import Base
from app.households.models import Household, OfHousehold


class Attachment(OfHousehold, Base):
    """One photo or signature. The id is made by the tablet; the file's key is ours."""

    __tablename__ = "attachment"
    __table_args__ = (
        Index("ix_attachment_visit", "visit_id"),
        Index("ix_attachment_household", "household_id", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    visit_id: Mapped[UUID | None]
    """The record it belongs to, a draft at first."""
    kind: Mapped[AttachmentKind]
    caption: Mapped[str]
    is_health: Mapped[bool] = mapped_column(default=False)
    """Whether only those who may read the nursing note may see it."""
    file_key: Mapped[str] = mapped_column(unique=True)
    media_type: Mapped[str]
    size: Mapped[int]
    """Bytes."""
    width: Mapped[int]
    height: Mapped[int]
    sha256: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    removed_because: Mapped[str] = mapped_column(default="")
    signer: Mapped[str] = mapped_column(default="")
    """Signature: who signed, and as what (본인, 보호자 …)."""
    strokes: Mapped[list[Any] | None]
    """Signature: the strokes as they were drawn, each a list of [x, y, milliseconds]."""
    signed_version: Mapped[int | None]
    """Signature: the version of the record's text that was signed."""
    signed_hash: Mapped[str] = mapped_column(default="")
    """Signature: SHA-256 of that text."""

    household: Mapped[Household] = relationship()
    by: Mapped[Account] = relationship(foreign_keys=[by_id])
    removed_by: Mapped[Account | None] = relationship(foreign_keys=[removed_by_id])

    @property
    def is_photo(self) -> bool:
        return self.kind is AttachmentKind.PHOTO
