"""One frozen Settings, read once from the environment and checked before anything starts."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHORTEST_SECRET = 32


class SettingsError(Exception):
    """The environment asks for something unsafe or impossible; the text says what to change."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the environment may decide. See README, «Operating it»."""

    instance: Path
    """Folder for the SQLite database, the generated secret and logs; mode 700."""
    database_url: str
    secret_key: str
    production: bool = False
    demo: bool = False
    """Lists the fictional accounts on the sign-in page; refused in production."""
    proxies: int = 0
    """How many trusted proxies stand before us; a wrong number lets addresses in the access log be forged."""
    run_jobs: bool = True
    """Whether `outreach serve` runs the timetable in its own process."""

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def sqlite_file(self) -> Path | None:
        """The database's file, None with PostgreSQL."""
        return Path(self.database_url.removeprefix("sqlite:///")) if self.is_sqlite else None


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read and check the settings.

    Raises:
        SettingsError: production without a secret of its own, with demo mode, or with a database others can read;
            a database we do not run on.
    """
    instance = Path(environ.get("OUTREACH_INSTANCE", ROOT / "instance")).resolve()
    production = _is_on(environ, "OUTREACH_PRODUCTION")
    database_url = environ.get("DATABASE_URL") or f"sqlite:///{instance / 'outreach.db'}"
    settings = Settings(
        instance=instance,
        database_url=_checked_url(database_url),
        secret_key=environ.get("OUTREACH_SECRET_KEY") or ("" if production else _kept_secret(instance)),
        production=production,
        demo=_is_on(environ, "OUTREACH_DEMO"),
        proxies=int(environ.get("OUTREACH_PROXIES", "0")),
        run_jobs=environ.get("OUTREACH_RUN_JOBS", "1") == "1",
    )
    if production:
        _refuse_unsafe_production(settings)
    return settings


def _is_on(environ: Mapping[str, str], name: str) -> bool:
    return environ.get(name, "").lower() in ("1", "true", "yes", "on")


def _checked_url(url: str) -> str:
    if url.startswith(("sqlite:///", "postgresql+psycopg://")):
        return url
    raise SettingsError("DATABASE_URL must begin with postgresql+psycopg:// or sqlite:///")


def _kept_secret(instance: Path) -> str:
    """A secret made once for this installation and kept in a file only its owner can read."""
    path = instance / "secret-key"
    if not path.exists():
        instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def _refuse_unsafe_production(settings: Settings) -> None:
    if len(settings.secret_key) < SHORTEST_SECRET or len(set(settings.secret_key)) < 10:
        raise SettingsError(f"OUTREACH_SECRET_KEY must be a random text of at least {SHORTEST_SECRET} characters")
    if settings.demo:
        raise SettingsError("OUTREACH_DEMO lists accounts on the sign-in page and is refused in production")
    file = settings.sqlite_file
    if file and file.exists() and file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise SettingsError(f"the database {file.name} can be read by others; chmod 600 it")
