"""The one place that knows which database is underneath.

SQLite: WAL, foreign keys on, `synchronous=FULL` (an acknowledged visit survives a power cut), and every transaction
begins IMMEDIATE because nearly every page writes an access-log row: a deferred transaction that turns writer half-way
fails with SQLITE_BUSY, an immediate one waits its turn. PostgreSQL: psycopg 3 without prepared statements (a generic
plan made name search 25 times slower), with statement and lock time-outs.
"""

from __future__ import annotations

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, cast
from uuid import UUID, uuid4

from sqlalchemy import (
    JSON,
    Column,
    Enum,
    Executable,
    MetaData,
    Numeric,
    Table,
    Text,
    TypeDecorator,
    Uuid,
    event,
    inspect,
)
from sqlalchemy import DateTime as SqlDateTime
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """Aware datetimes in, aware UTC datetimes out, on a database with time zones and on one without."""

    impl = SqlDateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime has no place in the database")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


OrderedText = Text().with_variant(Text(collation="C"), "postgresql")
"""Text compared byte by byte, so that everything that begins alike stands together and is found as a range."""


def _values(members: type[StrEnum]) -> list[str]:
    return [member.value for member in members]


class Base(DeclarativeBase):
    """Typed tables. Enumerations are stored by value, without a CHECK, so that a new member needs no migration."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {
        str: Text(),
        datetime: UtcDateTime(),
        UUID: Uuid(),
        Decimal: Numeric(8, 2),
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
        list[str]: JSON(),
        StrEnum: Enum(StrEnum, native_enum=False, length=40, values_callable=_values, validate_strings=True),
    }


def new_id() -> UUID:
    """A key that a tablet without signal could have made as well."""
    return uuid4()


@contextmanager
def unit_of_work(session: Session) -> Iterator[Session]:
    """Commit everything that happened inside, or nothing. The only `commit` of the product."""
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise


def fetch(session: Session, statement: Executable, values: Mapping[str, Any]) -> Sequence[Any]:
    """All rows of a statement of columns, past the ORM, as plain named tuples: a list takes half the time.

    SQLAlchemy's own rows take ten times as long to give a column by its name. What the session has pending is flushed
    first, as `session.execute` would.
    """
    session.flush()
    result = session.connection().execute(statement, values)
    return [*map(_row_of(*result.keys())._make, result.all())]


@cache
def _row_of(*names: str) -> Any:
    """The class of the rows of these columns; names that Python does not allow are asked for by their place."""
    return namedtuple("Fetched", names, rename=True)


def bulk_insert(session: Session, table: Table, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert many rows, values in the order of the columns `names`: COPY to a server, `executemany` into a file.

    Values are those the mapped class would take. A column left out becomes NULL: defaults of the models are not asked.
    Rows are taken one after the other by the driver itself, so that a million of them never stand in memory together.
    """
    session.flush()
    connection = session.connection()
    bound, columns = (
        _bound(connection, [table.c[name] for name in names], rows),
        ", ".join(f'"{name}"' for name in names),
    )
    driver = cast(Any, connection.connection.driver_connection)
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(names))
        driver.executemany(f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})', bound)  # noqa: S608
        return
    with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
        for row in bound:
            copy.write_row(row)


def _bound(
    connection: Connection, columns: Sequence[Column[Any]], rows: Iterable[Sequence[Any]]
) -> Iterator[Sequence[Any]]:
    """Each row as the driver takes it, by the types of the columns; only values whose type asks for it are touched."""
    dialect = connection.dialect
    made = (column.type.dialect_impl(dialect).bind_processor(dialect) for column in columns)
    binds = [(place, bind) for place, bind in enumerate(made) if bind is not None]
    if not binds:
        return iter(rows)
    return (_bind(row, binds) for row in rows)


def _bind(row: Sequence[Any], binds: Sequence[tuple[int, Callable[[Any], Any]]]) -> tuple[Any, ...]:
    values = list(row)
    for place, bind in binds:
        values[place] = bind(values[place])
    return tuple(values)


def next_ids(session: Session, table: Table, count: int) -> Sequence[int]:
    """So many new keys of a table, ascending, before its rows are written: nothing need be read back.

    A server gives them from the table's own sequence. A file has one writer at a time, who goes on after the newest.
    """
    session.flush()
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        newest = connection.exec_driver_sql(f'SELECT coalesce(max(id), 0) FROM "{table.name}"').scalar_one()  # noqa: S608
        return range(newest + 1, newest + 1 + count)
    asked = "SELECT nextval(pg_get_serial_sequence(%(table)s, 'id')) FROM generate_series(1, %(count)s)"
    return connection.exec_driver_sql(asked, {"table": table.name, "count": count}).scalars().all()


def is_sqlite(session: Session) -> bool:
    """Whether this session talks to SQLite."""
    return session.get_bind().dialect.name == "sqlite"


def refresh_statistics(session: Session, grown: Table | None = None) -> None:
    """Let the planner see what a bulk load brought: stale statistics made lists 6 to 15 times slower.

    A server looks at a sample. SQLite reads every index to its end, and goes wrong where it is told to look at some rows
    only; so where a table that has `grown` is named, that waits until it is twice what it was the last time.
    """
    if grown is None or not is_sqlite(session) or _has_doubled(session.connection(), grown):
        session.connection().exec_driver_sql("ANALYZE")


def _has_doubled(connection: Connection, table: Table) -> bool:
    """Whether a table with counted keys has, or may have, twice the rows that SQLite's statistics know of."""
    if not inspect(connection).has_table("sqlite_stat1"):
        return True
    told = "SELECT coalesce(max(CAST(stat AS INTEGER)), 0) FROM sqlite_stat1 WHERE tbl = ?"
    known = connection.exec_driver_sql(told, (table.name,)).scalar_one()
    newest = connection.exec_driver_sql(f'SELECT coalesce(max(id), 0) FROM "{table.name}"').scalar_one()  # noqa: S608
    return bool(newest >= 2 * known)


@contextmanager
def snapshot(session: Session) -> Iterator[Session]:
    """A session of its own on the same database: it sees one moment of it, writes nothing and holds nobody up."""
    engine = session.get_bind().engine
    options: dict[str, Any] = {"read_only": True}
    if engine.dialect.name == "postgresql":
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with (
        engine.connect().execution_options(**options) as connection,
        _no_writing(connection),
        Session(connection) as reader,
    ):
        yield reader


@contextmanager
def _no_writing(connection: Connection) -> Iterator[None]:
    """Let SQLite refuse to write, as PostgreSQL does by the options of the transaction."""
    if connection.dialect.name != "sqlite":
        yield
        return
    connection.exec_driver_sql("PRAGMA query_only = ON")
    try:
        yield
    finally:
        connection.exec_driver_sql("PRAGMA query_only = OFF")


_POSTGRESQL_DAMAGE = """
SELECT 'index ' || indexrelid::regclass FROM pg_index WHERE NOT (indisvalid AND indisready)
UNION ALL SELECT 'constraint ' || conname FROM pg_constraint WHERE NOT convalidated
UNION ALL SELECT 'checksums' FROM pg_stat_database WHERE datname = current_database() AND checksum_failures > 0
"""


def find_damage(session: Session) -> list[str]:
    """What the database itself finds wrong: damaged pages, keys that lead nowhere, unusable indexes; empty when sound.

    SQLite reads the whole file. PostgreSQL is asked for what it has noticed; it reads none of its pages for this.
    """
    connection = session.connection()
    if not is_sqlite(session):
        return [str(name) for (name,) in connection.exec_driver_sql(_POSTGRESQL_DAMAGE)]
    try:
        pages = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA quick_check(10)")]
        keys = [f"key of {row[0]}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(10)]
    except DatabaseError as error:
        if isinstance(error, OperationalError):  # busy, or the disk does not answer: that says nothing of the file
            raise
        return ["the file cannot be read"]
    return [said for said in pages if said != "ok"] + keys


def engine_options(url: str) -> dict[str, Any]:
    """Options for `create_engine`: parameters hidden from logs, time-outs, no prepared statements."""
    options: dict[str, Any] = {"url": url, "hide_parameters": True}
    if url.startswith("postgresql"):
        options["pool_pre_ping"] = True
        options["connect_args"] = {
            "prepare_threshold": None,
            "connect_timeout": 3,
            "options": "-c statement_timeout=60000 -c lock_timeout=10000 -c timezone=UTC",
        }
    else:
        options["connect_args"] = {"timeout": 15}
    return options


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # the driver must not begin by itself; see _begin_immediate
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "synchronous=FULL",
        "secure_delete=ON",
        "cache_size=-16000",
    ):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_immediate(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        read_only = connection.get_execution_options().get("read_only", False)
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
