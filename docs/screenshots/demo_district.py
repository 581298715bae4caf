"""The fictional district in a temporary folder, served by a process of its own whose clock stands still."""

from __future__ import annotations

import json
import logging
import multiprocessing
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[2]
MOMENT = datetime(2026, 11, 18, 11, 20, tzinfo=ZoneInfo("Asia/Seoul"))
"""A Wednesday: the same day gives the same district, and so the same pictures."""
LONGEST_SEEDING = 300.0


@dataclass(frozen=True, slots=True)
class District:
    """Where the demo is served, and how to sign in."""

    url: str
    passwords: dict[str, str]


@contextmanager
def district() -> Iterator[District]:
    """A freshly seeded district until the block ends; nothing of it stays.

    GUIDE_DISTRICT may name a folder with one that was seeded before at MOMENT: a copy of it is served.

    Raises:
        RuntimeError: the process ended, or took longer than five minutes, before it served.
    """
    with tempfile.TemporaryDirectory(prefix="outreach-guide-") as folder:
        if ready := os.environ.get("GUIDE_DISTRICT"):
            shutil.copytree(ready, folder, dirs_exist_ok=True)
        spawn = multiprocessing.get_context("spawn")
        ours, theirs = spawn.Pipe()
        process = spawn.Process(target=_serve, args=(folder, theirs), daemon=True)
        process.start()
        theirs.close()
        try:
            yield District(_address(ours), _passwords(Path(folder)))
        finally:
            process.terminate()
            process.join()


def _address(pipe: Connection) -> str:
    try:
        if pipe.poll(LONGEST_SEEDING):
            return str(pipe.recv())
    except EOFError:
        pass
    raise RuntimeError("the demo did not start; what went wrong stands above")


def _passwords(folder: Path) -> dict[str, str]:
    accounts = json.loads((folder / "demo-accounts.json").read_text(encoding="utf-8"))
    return {account["login"]: account["password"] for account in accounts}


def _serve(folder: str, pipe: Connection) -> None:
    """`outreach init`, `outreach seed`, then the application behind waitress on a free port."""
    os.environ.update(OUTREACH_INSTANCE=folder, OUTREACH_RUN_JOBS="0")
    os.environ.pop("DATABASE_URL", None)
    sys.path.insert(0, str(ROOT))
    import time_machine
    from app.cli import main
    from app.factory import create_app
    from waitress import create_server

    with time_machine.travel(MOMENT, tick=False):
        main(["init"], standalone_mode=False)
        logging.disable(logging.WARNING)  # every request is a line otherwise
        if not (Path(folder) / "demo-accounts.json").exists():
            main(["seed"], standalone_mode=False)
        server = create_server(create_app(), host="127.0.0.1", port=0)
        pipe.send(f"http://127.0.0.1:{server.effective_port}")
        server.run()
