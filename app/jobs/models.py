"""The tables that make every period of every job happen once, whoever runs it and whoever dies meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from app.jobs.rules import Cause, RunState, advise, in_minutes


class JobRun(Base):
    """One period of one job. The row is there first: under two leaders the second insert fails and nothing runs twice.

    Whoever takes an unfinished run over from a dead leader raises `claim`; work that still runs under the older
    number cannot finish, because finishing asks for its own number in the transaction of the work.
    """

    __tablename__ = "job_run"
    __table_args__ = (
        UniqueConstraint("job", "scheduled_for"),
        Index("ix_job_run_open", "finished_at", "failed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    job: Mapped[str]
    scheduled_for: Mapped[datetime]
    cause: Mapped[Cause] = mapped_column(default=Cause.TIMETABLE)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """Who pressed «지금 실행»."""
    owner: Mapped[str] = mapped_column(default="")
    """The process that runs it."""
    claim: Mapped[int] = mapped_column(default=0)
    """How often it was taken up."""
    started_at: Mapped[datetime | None]
    """None while it waits for the leader."""
    finished_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    count: Mapped[int | None]
    """How many rows the job touched."""
    error: Mapped[str] = mapped_column(default="")
    """Class of the error; messages may carry personal data."""

    @property
    def state(self) -> RunState:
        """How far it has come."""
        if self.failed_at:
            return RunState.FAILED
        if self.finished_at:
            return RunState.DONE
        return RunState.RUNNING if self.started_at else RunState.WAITING

    @property
    def is_open(self) -> bool:
        """Whether it has not ended yet."""
        return self.state in (RunState.WAITING, RunState.RUNNING)

    @property
    def spent(self) -> timedelta | None:
        """How long it took; None while it goes on."""
        ended_at = self.finished_at or self.failed_at
        return ended_at - self.started_at if ended_at and self.started_at else None

    @property
    def took(self) -> str:
        """The same in words: «3분 5초», empty while it goes on."""
        return "" if self.spent is None else in_minutes(self.spent)

    @property
    def advice(self) -> str:
        """What to do about its error; empty without one."""
        return advise(self.error) if self.error else ""


class Leader(Base):
    """Who leads the timetable, and when that process last gave a sign of life. One row, for people to read."""

    __tablename__ = "leader"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[str]
    since_at: Mapped[datetime]
    seen_at: Mapped[datetime]

    @property
    def place(self) -> tuple[str, str]:
        """The machine's name and the process's number there."""
        host, pid, *_rest = [*self.owner.split(":"), ""]
        return host, pid
