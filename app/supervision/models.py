"""Tables of supervision: what was asked about records that look odd together, and what was answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.core.database import Base
from app.supervision.rules import QuestionKind


class AskedQuestion(Base):
    """A question about records that look odd together, once somebody asked it or answered it."""

    __tablename__ = "asked_question"

    id: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(unique=True)
    """Names the question and the records it is about; the same records ask the same question."""
    kind: Mapped[QuestionKind]
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    """Whose records they are."""
    visit_ids: Mapped[list[Any]] = mapped_column(default=list)
    """The records it is about, as text."""
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """The supervisor who asked them; None when it was answered without asking."""
    asked_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(default="")
    """Empty while it waits for an answer."""
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime | None]

    asked_by: Mapped[Account | None] = relationship(foreign_keys=[asked_by_id])
    by: Mapped[Account | None] = relationship(foreign_keys=[by_id])
    account: Mapped[Account] = relationship(foreign_keys=[account_id])
