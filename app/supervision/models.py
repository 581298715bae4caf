"""Tables of supervision: answers to questions about records."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.core.database import Base
from app.supervision.rules import QuestionKind


class QuestionAnswer(Base):
    """What was answered to a question about records that look odd together."""

    __tablename__ = "question_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(unique=True)
    """Names the question and the records it is about; the same records ask the same question."""
    kind: Mapped[QuestionKind]
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    """Whose records they are."""
    answer: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]

    by: Mapped[Account] = relationship(foreign_keys=[by_id])
    account: Mapped[Account] = relationship(foreign_keys=[account_id])
