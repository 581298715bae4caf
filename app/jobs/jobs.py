"""What the timetable calls about the house itself."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.audit.queries import find_broken_rows
from app.core.database import find_damage, snapshot
from app.jobs import service
from app.jobs.rules import EMPTY_RUNS_KEPT, RUNS_KEPT

ROWS_OF_A_CHAIN = 20_000
"""Newest rows of each access-log chain that are looked at every night; `outreach verify-log` walks all of them."""


class DatabaseDamaged(Exception):
    """The database says of itself that it is not whole."""


class AccessLogBroken(Exception):
    """A row of the access log was changed, taken out or put in."""


def check_database(session: Session, _now: datetime) -> int:
    """Look whether the database and the access log's chains are whole. Returns 0, the number of faults.

    Raises:
        DatabaseDamaged: the file is damaged, a key leads nowhere, or an index cannot be used.
        AccessLogBroken: a chain does not hold.
    """
    with snapshot(session) as reader:
        if find_damage(reader):
            raise DatabaseDamaged
        if list(find_broken_rows(reader, newest=ROWS_OF_A_CHAIN)):
            raise AccessLogBroken
    return 0


def forget_runs(session: Session, now: datetime) -> int:
    """Drop what ran more than 90 days ago, and after three days what touched nothing. Returns how many."""
    return service.forget_old_runs(session, before=now - RUNS_KEPT, empty_before=now - EMPTY_RUNS_KEPT)
