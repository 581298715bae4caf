"""The table that makes every period of every job happen once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base


class JobRun(Base):
    """One period of one job. Inserted first: under two leaders the second insert fails and nothing runs twice."""

    __tablename__ = "job_run"
    __table_args__ = (UniqueConstraint("job", "scheduled_for"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    job: Mapped[str]
    scheduled_for: Mapped[datetime]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    count: Mapped[int | None]
    """How many rows the job touched."""
    error: Mapped[str] = mapped_column(default="")
    """Class of the error; messages may carry personal data."""
