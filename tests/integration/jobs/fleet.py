"""Real processes of the product that all ring one bell: schedulers and web workers on one database."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.error import URLError
from urllib.request import urlopen

from app.accounts.models import SignInFailure
from app.jobs.models import JobRun
from app.jobs.queries import find_leader, list_open, list_runs
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.databases import Database
from tests.integration.jobs.bell import SOUND

PATIENCE = 180.0
"""Seconds a start may take on a machine that is busy with something else."""
Found = TypeVar("Found")


@dataclass
class Process:
    """One process of the product."""

    name: str
    popen: subprocess.Popen[bytes]
    log: Path
    port: int | None = None

    def is_healthy(self) -> bool:
        """Whether its health page answers 200."""
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (URLError, ConnectionError, TimeoutError):
            return False


@dataclass
class Fleet:
    """All processes on one database, and what the database says of them."""

    database: Database
    folder: Path
    processes: list[Process] = field(default_factory=list)

    def begin_scheduler(self) -> None:
        """One more `outreach jobs serve`."""
        self._begin("scheduler", "jobs", "serve")

    def begin_web_worker(self) -> None:
        """One more `outreach serve`, which runs the timetable as well."""
        port = _free_port()
        self._begin("web", "serve", "--port", str(port), port=port)

    def _begin(self, name: str, *words: str, port: int | None = None) -> None:
        log = self.folder / f"{name}-{len(self.processes)}.log"
        environment = os.environ | {
            "DATABASE_URL": self.database.url, "OUTREACH_INSTANCE": str(self.folder), "OUTREACH_RUN_JOBS": "1",
        }  # fmt: skip
        with log.open("wb") as out:
            command = [sys.executable, "-m", "tests.integration.jobs.bell", *words]
            self.processes.append(
                Process(log.stem, subprocess.Popen(command, env=environment, stdout=out, stderr=out), log, port)
            )

    @property
    def alive(self) -> list[Process]:
        """Processes that have not ended."""
        return [process for process in self.processes if process.popen.poll() is None]

    @property
    def web_workers(self) -> list[Process]:
        """Processes with pages."""
        return [process for process in self.processes if process.port is not None]

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A look that waits for nobody's write lock."""
        with (
            self.database.engine.connect().execution_options(read_only=True) as connection,
            Session(connection) as session,
        ):
            yield session

    def leader(self) -> Process | None:
        """The process that says it leads; None when that is none of ours, or dead."""
        with self.reading() as session:
            found = find_leader(session)
        pid = int(found.owner.split(":")[1]) if found else 0
        return next((process for process in self.alive if process.popen.pid == pid), None)

    def runs(self) -> list[JobRun]:
        """Every ring of the bell, the oldest first."""
        with self.reading() as session:
            return list(reversed(list_runs(session, "bell", limit=1000)))

    def open_run(self) -> JobRun | None:
        """The ring that goes on."""
        with self.reading() as session:
            return next(iter(list_open(session)), None)

    def sounds(self) -> list[str]:
        """When each ring that was heard had begun."""
        with self.reading() as session:
            heard = select(SignInFailure.at).where(SignInFailure.login_hash == SOUND).order_by(SignInFailure.at)
            return [at.isoformat() for at in session.scalars(heard)]

    def until(self, look: Callable[[], Found | None], *, patience: float = PATIENCE) -> Found:
        """Look every few milliseconds until there is something to see."""
        end = time.monotonic() + patience
        while True:
            if found := look():
                return found
            assert time.monotonic() < end, f"nothing happened: {self.story()}"
            time.sleep(0.02)

    def kill_in_the_middle(self) -> tuple[Process, JobRun]:
        """End the leader as a power cut would, while the bell rings; returns it and the ring that was cut off."""
        return self.until(self._caught_ringing)

    def _caught_ringing(self) -> tuple[Process, JobRun] | None:
        """Freeze whoever rings, and end it if it is still ringing then; otherwise let it go on."""
        run = self.open_run()
        if run is None:
            return None
        ringer = next(each for each in self.alive if str(each.popen.pid) == run.owner.split(":")[1])
        ringer.popen.send_signal(signal.SIGSTOP)
        still = self.open_run()
        ringer.popen.send_signal(signal.SIGCONT if still is None else signal.SIGKILL)
        if still is None:
            return None
        ringer.popen.wait()
        return ringer, run

    def stop(self) -> dict[str, int]:
        """Ask all to end as a service manager would; returns the status each ended with."""
        for process in (alive := self.alive):
            process.popen.send_signal(signal.SIGTERM)
        return {process.name: process.popen.wait(PATIENCE) for process in alive}

    def close(self) -> None:
        """Leave nothing running, whatever happened."""
        for process in self.alive:
            with suppress(ProcessLookupError):
                process.popen.kill()
            process.popen.wait()

    def story(self) -> str:
        """What the processes said, for whoever must find out what went wrong."""
        return "\n".join(f"{each.name}: {each.log.read_text(encoding='utf-8')[-2000:]}" for each in self.processes)


def _free_port() -> int:
    with socket.socket() as finder:
        finder.bind(("127.0.0.1", 0))
        return int(finder.getsockname()[1])
