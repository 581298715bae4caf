"""One bare connection of the driver: the same settings as the product's, and nothing in between."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import dict_row
from sqlalchemy.engine import make_url

PRAGMAS = ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", "secure_delete=ON", "cache_size=-16000")
Row = Any
"""Subscripted by column name."""


class Database:
    """`?` stands for a parameter on both engines."""

    def __init__(self, url: str) -> None:
        self.is_sqlite = url.startswith("sqlite")
        self._connection: Any = _sqlite(url) if self.is_sqlite else _postgresql(url)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit what happens inside."""
        self._connection.execute("BEGIN IMMEDIATE" if self.is_sqlite else "BEGIN")
        yield
        self._connection.execute("COMMIT")

    def rows(self, statement: str, *values: Any) -> list[Row]:
        """All rows."""
        if not self.is_sqlite:
            statement = statement.replace("?", "%s")
        found: list[Row] = self._connection.execute(statement, values).fetchall()
        return found

    def row(self, statement: str, *values: Any) -> Row:
        """The one row."""
        return self.rows(statement, *values)[0]

    def write(self, statement: str, *values: Any) -> None:
        """Insert, update or delete."""
        self._connection.execute(statement if self.is_sqlite else statement.replace("?", "%s"), values)

    def write_many(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """The same statement for each row."""
        if self.is_sqlite:
            self._connection.executemany(statement, rows)
        else:
            self._connection.cursor().executemany(statement.replace("?", "%s"), rows)

    def key(self, value: UUID) -> Any:
        """A UUID as it is stored."""
        return value.hex if self.is_sqlite else value

    def day(self, value: Any) -> date | None:
        """A stored date."""
        return date.fromisoformat(value) if isinstance(value, str) else value

    def moment(self, value: Any) -> datetime:
        """A stored moment, aware."""
        return datetime.fromisoformat(value).replace(tzinfo=UTC) if isinstance(value, str) else value

    def stored(self, value: datetime) -> Any:
        """A moment as it is stored."""
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f") if self.is_sqlite else value

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()


def marks(values: Sequence[Any]) -> str:
    """Places for a list of values, for IN."""
    return ", ".join("?" * len(values)) or "NULL"


def _sqlite(url: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        url.removeprefix("sqlite:///"), timeout=15, isolation_level=None, check_same_thread=False
    )
    connection.row_factory = sqlite3.Row
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _postgresql(url: str) -> psycopg.Connection[Any]:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection: Any = psycopg.connect(plain, autocommit=True, row_factory=dict_row, options="-c timezone=UTC")
    connection.prepare_threshold = None
    return connection
