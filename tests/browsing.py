"""Fixtures that open pages: an application on the test's own savepoint, and a browser that looks at what it gets.

A `Browser` fails the test when a request leaves the database session dirty or uncommitted, when a page is not valid,
labelled HTML without inline code, when a header is missing, or when the status is not the one that was expected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from sqlalchemy import Connection, event
from sqlalchemy.orm import Session
from tests.databases import Database
from tests.factories.town import PASSWORD, Town
from tests.moments import NOW
from tests.pages import Form, Page, faults_of, parse
from werkzeug.test import TestResponse

if TYPE_CHECKING:
    from app.access.permissions import Role
    from app.accounts.models import Account
    from flask import Flask

HTML = "text/html"
KEPT_BY_DEVICES = ("/static/", "/calendar/feed/")
"""What says itself how long a device may keep it."""
Answer = TestResponse


@dataclass
class Sightings:
    """What the last request did to the database."""

    unsaved: list[str] = field(default_factory=list)
    """Why it was not whole when its session closed."""
    written: set[str] = field(default_factory=set)
    """Tables it wrote to."""
    statements: list[str] = field(default_factory=list)

    def clear(self) -> None:
        """Forget the last request."""
        self.unsaved.clear()
        self.written.clear()
        self.statements.clear()


@pytest.fixture
def frozen_clock() -> Iterator[time_machine.Traveller]:
    """The clock stands at NOW; `frozen_clock.shift(seconds)` and `.move_to(moment)` turn it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(scope="session")
def application(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """One application per database and worker, watched."""
    from app.config import Settings
    from app.factory import create_app

    settings = Settings(
        instance=tmp_path_factory.mktemp("instance"),
        database_url=database.url,
        secret_key="a secret of the tests and of nothing else",
        run_jobs=False,
    )
    made = create_app(settings)
    made.extensions["sightings"] = Sightings()
    _watch_sessions(made)
    return made


@pytest.fixture
def app(application: Flask, session: Session, frozen_clock: time_machine.Traveller) -> Iterator[Flask]:
    """The application inside the test's own transaction: what a request commits, the test's end takes back."""
    from app.extensions import db

    with application.app_context():
        maker, before = db.sessionmaker, dict(db.sessionmaker.kw)
    connection = session.connection()
    maker.configure(bind=connection, join_transaction_mode="create_savepoint")
    with _watching_statements(connection, application.extensions["sightings"]):
        yield application
    maker.kw.clear()
    maker.kw.update(before)


@pytest.fixture
def client(app: Flask, session: Session) -> Browser:
    """A browser nobody has signed in with."""
    return Browser(app, session)


@pytest.fixture
def sign_in_as(app: Flask, session: Session, town: Town) -> Callable[[Role | Account], Browser]:
    """A browser signed in as somebody: `sign_in_as(Role.NURSE)`, or `sign_in_as(town.narae_worker)`."""
    from app.access.permissions import Role

    def enter(whom: Role | Account) -> Browser:
        if isinstance(whom, Role):
            whom = next(account for account in town.accounts.values() if account.role is whom)
        browser = Browser(app, session)
        browser.sign_in(whom.login)
        return browser

    return enter


class Browser:
    """One device. Every answer is checked; `page` is the last HTML page."""

    def __init__(self, app: Flask, session: Session) -> None:
        self._session, self._sightings = session, app.extensions["sightings"]
        self._client = app.test_client()
        self.page: Page | None = None
        self.reads_pages = True
        """Parsing takes longer than the page itself: a walk through all of them on a second database may do without."""
        self._token = ""

    @property
    def statements(self) -> list[str]:
        """SQL of the last request."""
        return list(self._sightings.statements)

    @property
    def written(self) -> set[str]:
        """Tables the last request wrote to."""
        return set(self._sightings.written)

    def sign_in(self, login: str, password: str = PASSWORD) -> None:
        """Enter through the front door."""
        form = self.get("/sign-in").form("/sign-in")
        form.fields |= {"login": login, "password": password}
        self.submit(form)

    def get(self, path: str, *, status: int = 200, **more: Any) -> Page:
        """Open an HTML page."""
        self.open(path, status=status, **more)
        assert self.page is not None, f"{path} is no HTML page"
        return self.page

    def submit(self, form: Form, *, status: int = 302, **fields: Any) -> Answer:
        """Send a form of the last page, with some fields filled in."""
        return self.open(form.action, method=form.method, data={**form.fields, **fields}, status=status)

    def post(self, path: str, fields: Mapping[str, Any] | None = None, *, status: int = 302, **more: Any) -> Answer:
        """Send fields to a path with the token of the last page."""
        return self.open(path, method="post", data={"csrf_token": self._token, **(fields or {})}, status=status, **more)

    def open(self, path: str, *, status: int | None = None, method: str = "get", **more: Any) -> Answer:
        """Any request. `status` is what must come back, None when the test looks itself."""
        self._session.commit()  # the test's own rows reach the savepoint the request starts from
        self._sightings.clear()
        answer = self._client.open(path, method=method, **more)
        self._session.expire_all()
        assert not self._sightings.unsaved, f"{method} {path}: {'; '.join(self._sightings.unsaved)}"
        self._look_at(path, answer)
        assert status is None or answer.status_code == status, _surprise(path, answer, status)
        return answer

    def _look_at(self, path: str, answer: Answer) -> None:
        faults = list(_header_faults(path, answer))
        self.page = None
        if self.reads_pages and answer.mimetype == HTML and not 300 <= answer.status_code < 400:
            self.page, wrong = parse(answer.get_data(as_text=True), path)
            faults += [*wrong, *faults_of(self.page)]
            self._remember_token(self.page)
        assert not faults, f"{path}: " + "; ".join(faults)

    def _remember_token(self, page: Page) -> None:
        tokens = (form.fields["csrf_token"] for form in page.forms() if "csrf_token" in form.fields)
        self._token = str(next(tokens, self._token))


def _header_faults(path: str, answer: Answer) -> Iterator[str]:
    headers = answer.headers
    policy = headers.get("Content-Security-Policy", "")
    if "default-src 'self'" not in policy or "unsafe" in policy or "frame-ancestors 'none'" not in policy:
        yield f"the content security policy is {policy!r}"
    if headers.get("X-Content-Type-Options") != "nosniff":
        yield "no nosniff"
    if headers.get("Referrer-Policy") != "same-origin":
        yield "no referrer policy"
    yield from (f"no server can send {name}: {value!r}" for name, value in headers if not _is_sendable(value))
    if not path.startswith(KEPT_BY_DEVICES) and headers.get("Cache-Control") != "no-store":
        yield f"Cache-Control is {headers.get('Cache-Control')!r}"


def _is_sendable(value: str) -> bool:
    """Headers travel as Latin-1; a test client would let anything pass."""
    return all(ord(sign) < 256 for sign in value)


def _surprise(path: str, answer: Answer, status: int | None) -> str:
    page = parse(answer.get_data(as_text=True))[0].text if answer.mimetype == HTML else answer.get_data(as_text=True)
    return f"{path} answered {answer.status_code}, not {status}; {answer.headers.get('Location', '')} {page[:1500]}"


def _watch_sessions(app: Flask) -> None:
    """Remember what a request's session left unsaved when it was closed."""
    from app.extensions import db

    with app.app_context():
        maker = db.sessionmaker

    @event.listens_for(maker, "after_flush")
    def flushed(session: Session, _context: Any) -> None:
        session.info["unsaved"] = True

    @event.listens_for(maker, "do_orm_execute")
    def executed(state: Any) -> None:
        if state.is_insert or state.is_update or state.is_delete:
            state.session.info["unsaved"] = True

    @event.listens_for(maker, "after_commit")
    @event.listens_for(maker, "after_rollback")
    def settled(session: Session) -> None:
        if not session.in_nested_transaction():
            session.info["unsaved"] = False

    @app.teardown_appcontext
    def judge(_error: BaseException | None) -> None:
        session, unsaved = db.session, app.extensions["sightings"].unsaved
        if session.new or session.dirty or session.deleted:
            unsaved.append(f"left unflushed: {[*session.new, *session.dirty, *session.deleted]}")
        if session.info.get("unsaved"):
            unsaved.append("written and never committed")


@contextmanager
def _watching_statements(connection: Connection, sightings: Sightings) -> Iterator[None]:
    """Note the SQL that runs on the test's connection, and the tables it writes to."""

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        words = statement.split(None, 3)
        if words[0].upper() in ("SAVEPOINT", "RELEASE", "ROLLBACK"):
            return
        sightings.statements.append(statement)
        place = {"INSERT": 2, "UPDATE": 1, "DELETE": 2}.get(words[0].upper())
        if place is not None:
            sightings.written.add(words[place].strip('"').split("(")[0])

    event.listen(connection, "before_cursor_execute", note)
    yield
    event.remove(connection, "before_cursor_execute", note)
