"""One frozen Settings, read once from the environment and checked before anything starts."""

from __future__ import annotations

import os
import re
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
SHORTEST_SECRET = 32
SMTP_PORT, STARTTLS_PORT, SMTPS_PORT = 25, 587, 465
MEGABYTE = 1024 * 1024
THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")


class SettingsError(Exception):
    """The environment asks for something unsafe or impossible; the text says what to change."""


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The server that takes our mail, and in whose name it goes out."""

    host: str
    port: int
    sender: str
    """Address in the From line."""
    user: str = ""
    password: str = field(default="", repr=False)
    tls: bool = False
    """Encrypted from the first byte (smtps)."""
    starttls: bool = False
    """Plain at first, encrypted before anything is said."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the environment may decide. See README, «Operating it»."""

    instance: Path
    """Folder for the SQLite database, the generated secret and logs; mode 700."""
    database_url: str
    secret_key: str = field(repr=False)
    production: bool = False
    demo: bool = False
    """Lists the fictional accounts on the sign-in page; refused in production."""
    proxies: int = 0
    """How many trusted proxies stand before us; a wrong number lets addresses in the access log be forged."""
    run_jobs: bool = True
    """Whether `outreach serve` runs the timetable in its own process."""
    base_url: str = ""
    """Where people open the product, without a slash at the end; links in mails begin with it."""
    mail: MailSettings | None = None
    """None: no mail is written, everything is told inside the product only."""
    files_folder: Path | None = None
    """Where photos and signatures lie; None: `files` in the instance folder."""
    files_reserve: int = 512 * MEGABYTE
    """Bytes that must stay free on the disk of the files; below them no picture is taken in, but notes are."""

    @property
    def files(self) -> Path:
        """The folder of photos and signatures, on this machine or on a volume several servers share."""
        return self.files_folder or self.instance / "files"

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
        SettingsError: production without a secret of its own, with demo mode, or with a database or files others can
            read; a database we do not run on; a mail server, sender, address or folder of ours that cannot work.
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
        base_url=_base_url(environ.get("OUTREACH_BASE_URL", "")),
        mail=_mail(environ),
        files_folder=_files_folder(environ.get("OUTREACH_FILES", "")),
        files_reserve=_megabytes("OUTREACH_FILES_RESERVE", environ.get("OUTREACH_FILES_RESERVE", "512")),
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


def _files_folder(path: str) -> Path | None:
    if path and not Path(path).is_absolute():
        raise SettingsError("OUTREACH_FILES must be an absolute path, the same for every server")
    return Path(path) if path else None


def _megabytes(name: str, text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise SettingsError(f"{name} must be a whole number of megabytes")
    return int(text) * MEGABYTE


def _base_url(url: str) -> str:
    parts = _split("OUTREACH_BASE_URL", url)
    if url and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment):
        raise SettingsError("OUTREACH_BASE_URL must look like https://outreach.example.go.kr")
    return url.rstrip("/")


def _mail(environ: Mapping[str, str]) -> MailSettings | None:
    """The mail server, None without one. No message repeats the URL: it holds the password."""
    url, sender = environ.get("OUTREACH_SMTP_URL", ""), environ.get("OUTREACH_MAIL_FROM", "")
    if not url:
        if sender:
            raise SettingsError("OUTREACH_MAIL_FROM is set but OUTREACH_SMTP_URL is not: no mail would ever be sent")
        return None
    if not _ADDRESS.fullmatch(sender):
        raise SettingsError("OUTREACH_SMTP_URL needs OUTREACH_MAIL_FROM, an address such as outreach@example.go.kr")
    if not environ.get("OUTREACH_BASE_URL"):
        raise SettingsError("OUTREACH_SMTP_URL needs OUTREACH_BASE_URL, because mails carry links")
    return _checked_mail(_mail_server(_split("OUTREACH_SMTP_URL", url), sender))


def _mail_server(parts: SplitResult, sender: str) -> MailSettings:
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.path.strip("/") or parts.fragment:
        raise SettingsError("OUTREACH_SMTP_URL must look like smtp[s]://user:password@host:port?starttls=1")
    if options.keys() - {"starttls"} or options.get("starttls", "1") not in ("0", "1"):
        raise SettingsError("OUTREACH_SMTP_URL knows one option: starttls=1")
    tls, starttls = parts.scheme == "smtps", options.get("starttls") == "1"
    return MailSettings(
        host=parts.hostname,
        port=parts.port or (SMTPS_PORT if tls else STARTTLS_PORT if starttls else SMTP_PORT),
        sender=sender,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=tls,
        starttls=starttls,
    )


def _checked_mail(mail: MailSettings) -> MailSettings:
    if mail.tls and mail.starttls:
        raise SettingsError("OUTREACH_SMTP_URL: smtps is encrypted from the first byte, leave starttls out")
    if bool(mail.user) != bool(mail.password):
        raise SettingsError("OUTREACH_SMTP_URL names a user or a password, but not both")
    if not (mail.user + mail.password).isascii():
        raise SettingsError("OUTREACH_SMTP_URL: user and password may hold ASCII characters only")
    if mail.password and not (mail.tls or mail.starttls) and mail.host not in THIS_MACHINE:
        raise SettingsError("OUTREACH_SMTP_URL would send the password unencrypted: use smtps:// or starttls=1")
    return mail


def _split(name: str, url: str) -> SplitResult:
    """The parts of a URL. Python's own messages are kept away: they repeat what was typed."""
    if any(ord(sign) <= 32 for sign in url):
        raise SettingsError(f"{name} contains a space or a control character")
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError:
        raise SettingsError(
            f"{name} cannot be read: the port must be a number, special characters of a password percent-encoded"
        ) from None
    return parts


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
    if settings.base_url.startswith("http:"):
        raise SettingsError("OUTREACH_BASE_URL must begin with https:// in production")
    file = settings.sqlite_file
    if file and file.exists() and file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise SettingsError(f"the database {file.name} can be read by others; chmod 600 it")
    if settings.files.exists() and settings.files.stat().st_mode & stat.S_IRWXO:
        raise SettingsError("the folder of files (OUTREACH_FILES) can be read by others; chmod o-rwx it")
