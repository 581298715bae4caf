"""Bring a database to the newest schema, and say where it stands."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine

PACKAGE = Path(__file__).resolve().parent.parent


def configuration(engine: Engine | None = None) -> Config:
    """Alembic's configuration without an ini file; migrations run on the given engine."""
    beside = PACKAGE.parent / "migrations"
    config = Config()
    config.set_main_option("script_location", str(beside if beside.is_dir() else PACKAGE / "_migrations"))
    config.attributes["engine"] = engine
    return config


@cache
def head_revision() -> str | None:
    """The newest migration this code knows."""
    return ScriptDirectory.from_config(configuration()).get_current_head()


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Migrate up to `revision`, in one transaction where the database can."""
    command.upgrade(configuration(engine), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Migrate down to `revision`."""
    command.downgrade(configuration(engine), revision)
