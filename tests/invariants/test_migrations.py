"""Migrations lead an empty database to the models, step by step, down and up again, with rows in it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from app.accounts.models import Account
from app.all_models import Base
from app.core.migrations import configuration, downgrade, head_revision, upgrade
from sqlalchemy import Engine, func, inspect, select
from sqlalchemy.orm import Session
from tests.databases import Database

VERSIONS = Path(__file__).parents[2] / "migrations" / "versions"
PINNED = Path(__file__).with_name("migration_head.txt")


def steps() -> list[str]:
    """Every revision, the oldest first."""
    scripts = ScriptDirectory.from_config(configuration())
    return [script.revision for script in reversed(list(scripts.walk_revisions()))]


def assert_like_the_models(engine: Engine) -> None:
    """Alembic would have nothing to add: columns, types, indexes and constraints are those of the models."""
    command.check(configuration(engine))


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_an_empty_database_becomes_what_the_models_say(empty_database: Database) -> None:
    assert not inspect(empty_database.engine).get_table_names()
    upgrade(empty_database.engine)
    assert tables(empty_database.engine) == set(Base.metadata.tables)
    assert_like_the_models(empty_database.engine)


def test_migrating_again_changes_nothing(fresh_database: Database) -> None:
    upgrade(fresh_database.engine)
    assert_like_the_models(fresh_database.engine)
    with Session(fresh_database.engine) as session:
        assert session.scalar(select(func.count()).select_from(Account))


@pytest.mark.parametrize("step", steps())
def test_each_step_goes_down_and_up_again_with_rows_in_the_tables(fresh_database: Database, step: str) -> None:
    engine = fresh_database.engine
    before = [*steps()[: steps().index(step)]][-1:] or ["base"]
    downgrade(engine, before[0])
    if before == ["base"]:
        assert tables(engine) == set()
    upgrade(engine, step)
    upgrade(engine)
    assert_like_the_models(engine)


def test_there_is_one_head_and_it_is_the_pinned_one() -> None:
    """Two branches that each add a migration meet here, before they meet on a server."""
    assert ScriptDirectory.from_config(configuration()).get_heads() == [head_revision()]
    assert head_revision() == PINNED.read_text(encoding="utf-8").strip()


def test_migrations_are_numbered_in_order_and_in_words() -> None:
    files = sorted(file.stem for file in VERSIONS.glob("*.py"))
    assert [file[:4] for file in files] == [f"{number:04d}" for number in range(1, len(files) + 1)]
    assert all(len(file.split("_")) > 2 for file in files)
    assert [file[:4] for file in files] == steps()


@pytest.mark.parametrize("file", sorted(VERSIONS.glob("*.py")), ids=lambda file: file.stem)
def test_a_migration_imports_nothing_that_may_change_under_it(file: Path) -> None:
    imported = {
        name
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else []
        )
    }
    assert not any(name.split(".")[0] == "app" for name in imported), imported
