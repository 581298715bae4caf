"""The lock of the leader: one holds it, it dies with its holder, and a holder that lost it knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from app.core.locks import FileLock, Lock, lock_for
from sqlalchemy import text
from tests.databases import Database

on_postgresql = pytest.mark.parametrize("templates", ["postgresql"], indirect=True)
NewLock = Callable[[], Lock]
WHO_HOLDS_IT = """
SELECT pid FROM pg_locks JOIN pg_database ON pg_database.oid = database
WHERE datname = current_database() AND locktype = 'advisory' AND granted
"""


@pytest.fixture
def new_lock(fresh_database: Database) -> Iterator[NewLock]:
    """Locks of as many processes as the test likes."""
    made: list[Lock] = []

    def new() -> Lock:
        made.append(lock_for(fresh_database.url))
        return made[-1]

    yield new
    for lock in made:
        lock.release()


def test_one_holds_it_until_it_lets_go(new_lock: NewLock) -> None:
    first, second = new_lock(), new_lock()
    assert [first.hold(), second.hold(), first.hold(), second.hold()] == [True, False, True, False]
    first.release()
    assert [second.hold(), first.hold()] == [True, False]


@on_postgresql
def test_whose_line_is_cut_holds_it_no_more_and_knows(new_lock: NewLock, fresh_database: Database) -> None:
    first, second = new_lock(), new_lock()
    assert first.hold()
    with fresh_database.engine.connect() as connection:
        pid = connection.scalar(text(WHO_HOLDS_IT))
        connection.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    assert second.hold()
    assert not first.hold()
    assert not first.hold()
    second.release()
    assert first.hold()


@on_postgresql
def test_a_session_swapped_behind_our_back_is_no_lock(new_lock: NewLock) -> None:
    """As a pooler does that hands out another session for each transaction."""
    lock = new_lock()
    assert lock.hold()
    lock._taken_by += 1  # type: ignore[attr-defined]
    assert not lock.hold()
    assert lock.hold()


def test_nobody_leads_without_a_database() -> None:
    assert not lock_for("postgresql+psycopg://nobody@127.0.0.1:1/none").hold()


def test_a_lock_file_put_in_place_of_ours_makes_us_let_go(tmp_path: Path) -> None:
    path = tmp_path / "outreach.db.leader"
    first, second = FileLock(path), FileLock(path)
    assert first.hold()
    path.unlink()
    assert second.hold()
    assert not first.hold()
    second.release()
    assert first.hold()
    first.release()
