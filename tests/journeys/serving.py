"""The product itself, serving on a port of its own, and what its database says."""

from __future__ import annotations

import json
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cached_property
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from app.core.database import engine_options
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session
from tests.journeys.seeded import OUTREACH, Person, environment, people

PROJECT = Path(__file__).parents[2]
PATIENCE = 60
"""Seconds a start may take on a machine that is busy with something else."""


class Server:
    """`outreach serve` on an instance. It can be stopped and started again at the same address, and set back."""

    def __init__(self, instance: Path) -> None:
        self.instance = instance
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._log = instance / "serve.log"
        self._database, self._morning = instance / "outreach.db", instance / "morning.db"
        self._process: subprocess.Popen[bytes] | None = None
        self._is_later = False

    @cached_property
    def staff(self) -> dict[str, Person]:
        """Everybody who can sign in, by login."""
        return people(self.instance)

    @cached_property
    def _engine(self) -> Engine:
        return create_engine(**engine_options(f"sqlite:///{self._database}"))

    def start(self, *, days_later: int = 0) -> None:
        """Serve, as it will be so many days from now; returns when the health page answers."""
        self._is_later = bool(days_later)
        later = [sys.executable, "-m", "tests.journeys.later", str(days_later), str(self.port)]
        command = later if days_later else [OUTREACH, "serve", "--port", str(self.port)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command, env=environment(self.instance), stdout=log, stderr=log, cwd=PROJECT
            )  # fmt: skip
        until = time.monotonic() + PATIENCE
        while not self._is_healthy():
            assert self._process.poll() is None, f"the server ended: {self._log.read_text()[-3000:]}"
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.1)

    def begin_the_day_again(self) -> None:
        """Serve the demo as it was seeded: what was done since is gone, and so is every session."""
        if not self._morning.exists():
            self._morning.write_bytes(self._database.read_bytes())
        with closing(sqlite3.connect(self._morning)) as seeded, closing(sqlite3.connect(self._database)) as living:
            seeded.backup(living)
        if self._is_later:
            self.stop()
        if self._process is None:
            self.start()

    def let_days_pass(self, days_later: int) -> None:
        """Serve on, so many days from now: everybody has to sign in again."""
        self.stop()
        self.start(days_later=days_later)

    def stop(self) -> None:
        """End the server as a power cut would; nothing answers at its address afterwards."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def close(self) -> None:
        """Stop for good."""
        self.stop()
        self._engine.dispose()

    @contextmanager
    def records(self) -> Iterator[Session]:
        """What the database says at this moment; nothing can be written."""
        with self._engine.connect().execution_options(read_only=True) as connection, Session(connection) as session:
            yield session

    @contextmanager
    def altering(self) -> Iterator[Session]:
        """The database, to turn something in it that no person could (the age of a session)."""
        with Session(self._engine) as session, session.begin():
            yield session

    def complaints(self) -> list[str]:
        """Every error the server has logged so far."""
        lines = self._log.read_text(encoding="utf-8").splitlines()
        return [line for line in lines if line.startswith("Traceback") or _is_error(line)]

    def _is_healthy(self) -> bool:
        try:
            with urlopen(f"{self.url}/healthz", timeout=5) as answer:  # noqa: S310  (our own server)
                return bool(answer.status == 200)
        except (URLError, ConnectionError, TimeoutError):
            return False


def _is_error(line: str) -> bool:
    return line.startswith("{") and json.loads(line)["level"] in ("ERROR", "CRITICAL")


def _free_port() -> int:
    with socket.socket() as finder:
        finder.bind(("127.0.0.1", 0))
        return int(finder.getsockname()[1])
