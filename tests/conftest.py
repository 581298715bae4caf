"""The ground every test stands on: two real databases, the town's people, and a savepoint per test.

`session` is a database session in a transaction that is rolled back; with it every test runs on SQLite and on
PostgreSQL. `fresh_database` is a copy a test may commit to. `town` is who works there; `now` and `today` are the
moment everything happens in. `app`, `client` and `sign_in_as` open the pages (see `tests/browsing.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy.orm import Session
from tests import moments
from tests.counting import Counting, collected
from tests.databases import TEMPLATES, Database, Templates, clean_up
from tests.factories.reference import load_reference
from tests.factories.town import Town, build_town, find_town

pytest_plugins = ["tests.browsing"]

settings.register_profile("no clock", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no clock")  # a busy machine is no failing test


def fill(session: Session) -> None:
    """What every copy of the template holds: shipped rules and the town."""
    load_reference(session)
    build_town(session)


def pytest_unconfigure(config: pytest.Config) -> None:
    """The process that outlives all workers takes away the databases they shared."""
    folder: Path | None = getattr(getattr(config, "_tmp_path_factory", None), "_basetemp", None)
    if folder is not None and not hasattr(config, "workerinput"):
        clean_up(folder)


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> None:
    """Hash passwords at argon2's lowest cost; `unit/accounts` looks at the product's own setting."""
    from app.accounts import service
    from argon2 import PasswordHasher

    service._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """A folder all workers of this test run see."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if hasattr(request.config, "workerinput") else own


@pytest.fixture(scope="session", params=sorted(TEMPLATES, reverse=True))
def templates(request: pytest.FixtureRequest, shared_folder: Path) -> Templates:
    """Where copies of a migrated and filled database come from, once per engine."""
    return TEMPLATES[request.param](shared_folder, fill)


@pytest.fixture(scope="session")
def database(templates: Templates) -> Iterator[Database]:
    """The worker's own database. Nothing is ever committed to it."""
    copy = templates.copy()
    yield copy
    templates.drop(copy)


@pytest.fixture
def fresh_database(templates: Templates) -> Iterator[Database]:
    """A database of the test's own, to commit to from as many connections as it likes."""
    copy = templates.copy()
    yield copy
    templates.drop(copy)


@pytest.fixture
def empty_database(templates: Templates) -> Iterator[Database]:
    """A database without any table."""
    empty = templates.empty()
    yield empty
    templates.drop(empty)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A session whose commits reach a savepoint only: the test's end takes everything back."""
    with database.engine.connect() as connection:
        transaction = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint") as opened:
            yield opened
        transaction.rollback()


@pytest.fixture
def counted_statements(session: Session) -> Counting:
    """`with counted_statements() as statements:` collects the SQL that runs meanwhile."""
    return lambda: collected(session.connection())


@pytest.fixture
def town(session: Session) -> Town:
    """The people of 한빛구 and the 시군구 next door."""
    return find_town(session)


@pytest.fixture
def now() -> datetime:
    """Monday 23 November 2026, 10:00 in Seoul."""
    return moments.NOW


@pytest.fixture
def today() -> date:
    """Monday 23 November 2026."""
    return moments.TODAY
