"""Runs migrations on the engine that `app.core.migrations` hands over."""

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


with engine.connect() as connection:
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
