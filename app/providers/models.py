"""The directory of those who can help: offices, agencies, associations, neighbours."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from app.providers.rules import ProviderKind


class Provider(Base):
    """제공기관: one entry of a 시군구's directory."""

    __tablename__ = "provider"
    __table_args__ = (Index("ix_provider_district", "district_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"))
    kind: Mapped[ProviderKind]
    name: Mapped[str]
    services: Mapped[list[Any]] = mapped_column(default=list)
    """What it gives, in words: «밑반찬», «이동 지원»."""
    needs: Mapped[list[Any]] = mapped_column(default=list)
    """Codes of the need items it answers."""
    phone: Mapped[str] = mapped_column(default="")
    fax: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    """Whom to ask for."""
    note: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
