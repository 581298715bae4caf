"""Runs migrations on the engine that `app.core.migrations` hands over."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from alembic import context
from app.all_models import Base
from app.core.database import UtcDateTime

engine = context.config.attributes["engine"]


def plain_type(kind: str, thing: Any, _autogen: Any) -> str | bool:
    """Write our own types as plain ones: a migration must not change its meaning when the code does."""
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, sa.Enum):
        return f"sa.String({thing.length})"
    return False


@contextmanager
def unchecked_keys(connection: sa.Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew, and would take its rows for deleted; keys are checked afterwards."""
    if connection.dialect.name != "sqlite":
        yield
        return
    sqlite: Any = connection.connection.driver_connection
    sqlite.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        if broken := sqlite.execute("PRAGMA foreign_key_check").fetchone():
            raise RuntimeError(f"a row of {broken[0]} refers to a row of {broken[2]} that is gone")
    finally:
        sqlite.execute("PRAGMA foreign_keys=ON")


with engine.connect() as connection, unchecked_keys(connection):
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=plain_type,
        transaction_per_migration=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
