"""The jobs that look after the house: is the database whole, is the log, and what is old enough to go."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from app.access.identity import Identity, Origin
from app.access.permissions import Role
from app.accounts.jobs import forget_sessions
from app.accounts.models import Account, UserSession
from app.audit import service as audit
from app.audit.models import AccessLog
from app.audit.queries import find_broken_rows
from app.audit.rules import Action
from app.core.database import find_damage, is_sqlite, snapshot
from app.jobs import jobs
from app.jobs.jobs import AccessLogBroken, DatabaseDamaged, check_database
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from tests.databases import Database
from tests.moments import NOW

SYSTEM = Identity(None, "시스템", Role.ADMIN, None, "", 1, frozenset(), Origin())
ROWS = 30
UNFIT = {
    "sqlite": ["PRAGMA foreign_keys = OFF", "UPDATE account SET district_id = 999999 WHERE login = 'nurse'"],
    "postgresql": ["ALTER TABLE account ADD CONSTRAINT tall CHECK (length(login) > 99) NOT VALID"],
}


@pytest.fixture
def opened(fresh_database: Database) -> Iterator[Session]:
    """A session on a database with some rows in one chain of the log."""
    with Session(fresh_database.engine) as session:
        for number in range(ROWS):
            audit.record(session, Action.VIEW, subject=f"household:{number}", actor=SYSTEM, now=NOW)
        session.commit()
        yield session


def tamper(session: Session, position: int) -> None:
    """Change what one row of the chain says."""
    row = (AccessLog.chain == "district-1") & (AccessLog.position == position)
    changed = session.execute(update(AccessLog).where(row).values(subject="household:0", row_count=77))
    assert changed.rowcount == 1  # type: ignore[attr-defined]
    session.commit()


def last_position(session: Session) -> int:
    newest = select(func.max(AccessLog.position)).where(AccessLog.chain == "district-1")
    return session.scalar(newest) or 0


def test_a_whole_house_has_no_fault(opened: Session) -> None:
    assert check_database(opened, NOW) == 0


def test_a_database_that_is_not_whole_is_found(opened: Session, fresh_database: Database) -> None:
    with fresh_database.engine.connect() as connection:
        dbapi = connection.connection.dbapi_connection
        assert dbapi is not None
        for statement in UNFIT[fresh_database.kind]:
            dbapi.cursor().execute(statement)
        if fresh_database.kind == "postgresql":
            dbapi.commit()
        connection.invalidate()  # nobody else gets the connection that does not look at keys
    with snapshot(opened) as reader:
        [damage] = find_damage(reader)
    assert damage == ("key of account" if is_sqlite(opened) else "constraint tall")
    with pytest.raises(DatabaseDamaged):
        check_database(opened, NOW)


@pytest.mark.parametrize("templates", ["sqlite"], indirect=True)
def test_a_damaged_page_is_found(opened: Session, fresh_database: Database) -> None:
    page = opened.scalar(text("SELECT rootpage FROM sqlite_schema WHERE name = 'search_gram'"))
    opened.close()
    fresh_database.engine.dispose()  # the last connection that closes empties the WAL into the file
    with Path(fresh_database.url.removeprefix("sqlite:///")).open("r+b") as file:
        file.seek(4096 * (page - 1))
        file.write(b"\xff" * 4096)
    with Session(fresh_database.engine) as session, pytest.raises(DatabaseDamaged):
        check_database(session, NOW)


def test_a_row_of_the_log_that_was_changed_is_found(opened: Session) -> None:
    tamper(opened, last_position(opened) - 3)
    with pytest.raises(AccessLogBroken):
        check_database(opened, NOW)


def test_every_night_the_newest_rows_are_walked_and_by_command_all(
    opened: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = last_position(opened)
    tamper(opened, last - 10)
    monkeypatch.setattr(jobs, "ROWS_OF_A_CHAIN", 10)
    assert check_database(opened, NOW) == 0
    monkeypatch.setattr(jobs, "ROWS_OF_A_CHAIN", 11)
    with pytest.raises(AccessLogBroken):
        check_database(opened, NOW)
    assert [found.position for found in find_broken_rows(opened)] == [last - 10]


@pytest.mark.parametrize("newest", [1, 2, 5, ROWS, 10_000])
def test_the_end_of_a_whole_chain_is_whole_wherever_one_begins(opened: Session, newest: int) -> None:
    assert list(find_broken_rows(opened, newest=newest)) == []
    cut_off = last_position(opened)
    opened.execute(text("DELETE FROM access_log WHERE chain = 'district-1' AND position = :at"), {"at": cut_off})
    assert [found.chain for found in find_broken_rows(opened, newest=newest)] == ["district-1"]


def test_the_check_sees_one_moment_while_others_write(opened: Session, fresh_database: Database) -> None:
    with snapshot(opened) as reader:
        before = reader.scalar(select(func.count()).select_from(AccessLog))
        with Session(fresh_database.engine) as other:
            audit.record(other, Action.VIEW, subject="household:1", actor=SYSTEM, now=NOW)
            other.commit()
        assert reader.scalar(select(func.count()).select_from(AccessLog)) == before
        assert list(find_broken_rows(reader)) == []


def test_the_check_cannot_write(opened: Session) -> None:
    with snapshot(opened) as reader, pytest.raises(DBAPIError, match=r"read-only|readonly"):
        reader.execute(update(Account).values(name="x"))
    opened.execute(update(Account).values(name="x"))  # and nobody who gets the connection next is hindered
    opened.commit()


def test_sessions_long_over_are_forgotten_and_others_kept(session: Session, now: datetime) -> None:
    account_id = session.scalars(select(Account.id).where(Account.login == "nurse")).one()
    for days in (0, 89, 91, 400):
        at = now - timedelta(days=days)
        session.add(
            UserSession(
                token_hash=f"{days}",
                account_id=account_id,
                created_at=at,
                seen_at=at,
                address="10.0.0.1",
                device="tablet",
            )
        )
    session.flush()
    assert forget_sessions(session, now) == 2
    assert set(session.scalars(select(UserSession.token_hash).where(UserSession.address == "10.0.0.1"))) == {"0", "89"}
