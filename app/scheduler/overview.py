"""How the timetable stands, for the administrator's page and for the command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.core.clock import korean_time
from app.jobs.models import JobRun, Leader
from app.jobs.queries import find_leader, list_last_runs
from app.jobs.rules import RunState, is_led
from app.scheduler.timetable import Job

LONG = timedelta(minutes=30)
"""A run that goes on for longer deserves a look."""


@dataclass(frozen=True, slots=True)
class JobLine:
    """One job, its last run and its next."""

    job: Job
    last: JobRun | None
    next_at: datetime | None
    seen_at: datetime

    @property
    def has_failed(self) -> bool:
        return self.last is not None and self.last.state is RunState.FAILED

    @property
    def takes_long(self) -> bool:
        """Whether it runs and has run for very long."""
        run = self.last
        return (
            run is not None and run.state is RunState.RUNNING and self.seen_at - (run.started_at or self.seen_at) > LONG
        )


@dataclass(frozen=True, slots=True)
class Overview:
    """All jobs, and who leads."""

    lines: list[JobLine]
    leader: Leader | None
    is_led: bool

    @property
    def failed(self) -> list[JobLine]:
        """Jobs whose last run failed."""
        return [line for line in self.lines if line.has_failed]

    @property
    def has_open_run(self) -> bool:
        """Whether something waits or runs, so that it is worth looking again soon."""
        return any(line.last is not None and line.last.is_open for line in self.lines)


def lines_of(found: Overview) -> Iterator[str]:
    """The overview as lines of text for whoever sits at the server."""
    leader = found.leader
    if found.is_led and leader is not None:
        yield f"leader: {leader.owner} since {_moment(leader.since_at)}"
    else:
        yield "leader: nobody; start `outreach jobs serve` (or `outreach serve`)"
    for line in found.lines:
        yield f"{line.job.name:26} {line.job.cron:14} last {_ended(line.last)}  next {_moment(line.next_at)}"
        yield f"{'':26} {line.job.does} 늦으면: {line.job.if_late} {line.job.catches_up.label}"


def _ended(run: JobRun | None) -> str:
    if run is None:
        return "never"
    how = run.error or ("" if run.count is None else str(run.count))
    return " ".join(filter(None, (_moment(run.started_at or run.scheduled_for), run.state.value, how)))


def _moment(at: datetime | None) -> str:
    return korean_time(at).strftime("%Y-%m-%d %H:%M:%S") if at else "never"


def overview(session: Session, timetable: Sequence[Job], *, now: datetime) -> Overview:
    """Every job of a timetable as it stands at `now`."""
    last, leader = list_last_runs(session, until=now), find_leader(session)
    lines = [JobLine(job, last.get(job.name), job.next_after(now), now) for job in timetable]
    return Overview(lines, leader, is_led(leader.seen_at if leader else None, now))
