"""The demo's database, loaded once in a test run by the commands a person would type, and copied for whoever asks."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

OUTREACH = Path(sys.executable).with_name("outreach")
FILES = ("outreach.db", "demo-accounts.json", "secret-key")


@dataclass(frozen=True)
class Person:
    """Somebody of the staff who can sign in."""

    role: str
    name: str
    login: str
    password: str


def environment(instance: Path) -> dict[str, str]:
    """What the product is told on its way: this folder, SQLite in it, no timetable, accounts on the sign-in page."""
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return inherited | {"OUTREACH_INSTANCE": str(instance), "OUTREACH_RUN_JOBS": "0", "OUTREACH_DEMO": "1"}


def seeded_copy(folder: Path, name: str) -> Path:
    """An instance of one's own with the fictional 한빛구 in it; the first to ask waits for the seed."""
    template = folder / "seeded"
    with _only_one(folder / "seeded.lock"):
        if not template.exists():
            _seed(folder / "seeding").rename(template)
    instance = folder / name
    instance.mkdir(mode=0o700)
    for file in FILES:
        shutil.copy2(template / file, instance / file)
    shutil.copytree(template / "files", instance / "files")
    return instance


def people(instance: Path) -> dict[str, Person]:
    """The staff by login."""
    rows = json.loads((instance / "demo-accounts.json").read_text(encoding="utf-8"))
    return {row["login"]: Person(**row) for row in rows}


def _seed(instance: Path) -> Path:
    for command in ("init", "seed"):
        done = subprocess.run([OUTREACH, command], env=environment(instance), capture_output=True, text=True)
        assert done.returncode == 0, f"outreach {command}: {done.stdout}{done.stderr}"
    return instance


@contextmanager
def _only_one(lock: Path) -> Iterator[None]:
    """Let one worker at a time through."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
