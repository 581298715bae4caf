"""One process at a time, of however many: a lock that dies with whoever holds it.

PostgreSQL: an advisory lock on a connection of its own. SQLite: a lock on a file beside the database.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from typing import IO, Protocol

from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import SQLAlchemyError

from app.core.database import engine_options

KEY = 7_206_153
ALIVE = {"keepalives_idle": 2, "keepalives_interval": 1, "keepalives_count": 2, "tcp_user_timeout": 4000}
"""Seconds, seconds, times, milliseconds: a line that was cut is noticed at this end …"""
ALIVE_THERE = (
    "-c statement_timeout=3000 -c tcp_keepalives_idle=2 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=2 "
    "-c tcp_user_timeout=4000 -c idle_session_timeout=0"
)
"""… and by the server, which lets the lock go when our machine loses its power."""


class Lock(Protocol):
    """Held by one process at most."""

    def hold(self) -> bool:
        """Take the lock, or prove that it is still ours. Asked again and again; False when another has it."""

    def release(self) -> None:
        """Let the next one have it."""


def lock_for(url: str) -> Lock:
    """The lock of all processes that work on the database at this URL."""
    place = make_url(url)
    if place.get_backend_name() == "postgresql":
        return AdvisoryLock(url)
    return FileLock(Path(f"{place.database}.leader"))


class AdvisoryLock:
    """Belongs to a database session. When the line breaks the server lets it go, and `hold` says so.

    The connection is none of the pool's: nobody else may get it, reset it or wait for it. Behind a pooler that
    changes sessions between transactions nobody ever holds the lock: each `hold` looks whether the session is the
    one that took it.
    """

    def __init__(self, url: str) -> None:
        options = engine_options(url)
        options["connect_args"] |= ALIVE | {"options": ALIVE_THERE, "application_name": "outreach leader"}
        self._engine = create_engine(**options, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        self._connection: Connection | None = None
        self._taken_by: int | None = None

    def hold(self) -> bool:
        """Take the lock or prove it; False as well when the database does not answer."""
        try:
            return self._is_held() if self._taken_by is not None else self._take()
        except SQLAlchemyError:
            self._hang_up()
            return False

    def release(self) -> None:
        """Let the next one have it at once."""
        if self._connection is not None:
            with suppress(SQLAlchemyError):
                self._connection.execute(text("SELECT pg_advisory_unlock_all()"))
        self._hang_up()

    def _hang_up(self) -> None:
        """Close the connection, and the lock with it."""
        connection, self._connection, self._taken_by = self._connection, None, None
        if connection is not None:
            connection.invalidate()
            connection.close()

    def _take(self) -> bool:
        if self._connection is None:
            self._connection = self._engine.connect()
        session_id, taken = self._connection.execute(
            text("SELECT pg_backend_pid(), pg_try_advisory_lock(:key)"), {"key": KEY}
        ).one()
        self._taken_by = session_id if taken else None
        return bool(taken)

    def _is_held(self) -> bool:
        assert self._connection is not None  # noqa: S101  (for the type checker)
        if self._connection.scalar(text("SELECT pg_backend_pid()")) == self._taken_by:
            return True
        self._hang_up()
        return False


class FileLock:
    """Belongs to an open file; the kernel lets it go when the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None

    def hold(self) -> bool:
        """Take the lock or prove it; False as well when somebody put another file in its place."""
        if self._file is not None and self._stands():
            return True
        self.release()
        return self._take()

    def release(self) -> None:
        """Close the file, and the lock with it."""
        file, self._file = self._file, None
        if file is not None:
            file.close()

    def _take(self) -> bool:
        file = self._path.open("ab")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self._file = file
        return self._stands()

    def _stands(self) -> bool:
        """Whether the file we hold is the one others would open."""
        assert self._file is not None  # noqa: S101  (for the type checker)
        try:
            return os.path.samestat(os.fstat(self._file.fileno()), self._path.stat())
        except FileNotFoundError:
            return False
