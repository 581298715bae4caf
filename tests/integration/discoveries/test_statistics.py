"""The planner of the database is told of a list's rows when they are many beside those it knew."""

from __future__ import annotations

from app.access.identity import Identity
from app.core.database import is_sqlite, refresh_statistics
from app.discoveries.service.writing import ROWS
from sqlalchemy.orm import Session
from tests.counting import Counting
from tests.integration.discoveries.files import person, take


def looks(session: Session, counted_statements: Counting) -> int:
    """How many times the whole database is looked at."""
    with counted_statements() as statements:
        refresh_statistics(session, ROWS)
    return statements.count("ANALYZE")


def test_a_file_is_read_through_only_when_its_rows_have_doubled(
    session: Session, worker: Identity, counted_statements: Counting
) -> None:
    """A server looks at a sample every time, whatever its size."""
    again = 0 if is_sqlite(session) else 1
    take(session, worker, *(person(born=f"1940-01-{day:02d}", phone="") for day in range(1, 11)))
    assert looks(session, counted_statements) == 1
    assert looks(session, counted_statements) == again
    take(session, worker, *(person(born=f"1941-01-{day:02d}", phone="") for day in range(1, 6)))
    assert looks(session, counted_statements) == again
    take(session, worker, *(person(born=f"1942-01-{day:02d}", phone="") for day in range(1, 11)))
    assert looks(session, counted_statements) == 1
