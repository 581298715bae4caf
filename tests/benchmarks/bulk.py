"""Many rows into a table at once: `executemany` of the driver with SQLite, COPY with PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from random import Random
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Column, Connection, Table, text

Rows = Iterable[Mapping[str, Any]]
Bind = Callable[[Any], Any]


def add(connection: Connection, model: Any, rows: Rows) -> None:
    """Insert rows given by column name; a column left out gets the model's default, or nothing."""
    rows = list(rows)
    if not rows:
        return
    table = cast(Table, model.__table__)
    columns = [column for column in table.columns if column.name in rows[0] or column.default is not None]
    bound = list(_bound(connection, columns, rows))
    names = ", ".join(f'"{column.name}"' for column in columns)
    if connection.dialect.name == "sqlite":
        places = ", ".join("?" * len(columns))
        connection.exec_driver_sql(f'INSERT INTO "{table.name}" ({names}) VALUES ({places})', bound)  # noqa: S608
        return
    driver = cast(Any, connection.connection.driver_connection)
    with driver.cursor().copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy:
        for row in bound:
            copy.write_row(row)


def random_uuid(chance: Random) -> UUID:
    """A key as a tablet makes one, the same on every run."""
    return UUID(int=chance.getrandbits(128), version=4)


def settle(connection: Connection, models: Iterable[Any]) -> None:
    """Let PostgreSQL's key counters go on after the keys that were given, and bring the statistics up to date."""
    if connection.dialect.name != "sqlite":
        for model in models:
            name = model.__table__.name
            connection.execute(
                text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM \"{name}\"))")  # noqa: S608
            )
    connection.exec_driver_sql("ANALYZE")


def _bound(
    connection: Connection, columns: list[Column[Any]], rows: list[Mapping[str, Any]]
) -> Iterator[tuple[Any, ...]]:
    """Each row as the driver wants it, by the very types the product's tables use."""
    binds = [(column.name, _default(column), _bind(connection, column)) for column in columns]
    for row in rows:
        yield tuple(bind(row.get(name, default)) for name, default, bind in binds)


def _default(column: Column[Any]) -> Any:
    if column.default is None:
        return None
    default = cast(Any, column.default).arg
    return default(None) if callable(default) else default


def _bind(connection: Connection, column: Column[Any]) -> Bind:
    made = column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
    return made or _as_it_is


def _as_it_is(value: Any) -> Any:
    return value
