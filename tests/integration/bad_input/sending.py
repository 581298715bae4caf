"""Send a form with changes, follow where it leads, and note everything that came of it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from app.core.database import Base
from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session
from tests.browsing import HTML, Answer, Browser
from tests.integration.bad_input.nonsense import Case, Sent
from tests.integration.bad_input.sheets import Reading, Sheet, news_in, read

REFUSALS = (400, 403, 404, 409, 422)
ONLY_LOOKED = {"access_log", "access_chain", "user_session", "calendar_feed"}
REDIRECTS = (301, 302, 303, 307, 308)
OWNERS = {"household": "household", "person": "account"}
"""What a foreign id is of → the table it is a key of."""


@dataclass
class Outcome:
    """One form sent, and what came of it."""

    sheet: Sheet
    case: Case
    sent: Sent
    status: int
    html: str
    reading: Reading
    written: set[str]
    trouble: list[str]
    """What the application logged as errors."""
    after: int = 200
    """The status of the page one was led to."""
    after_html: str = ""
    after_url: str = ""
    news: str = ""
    stored: list[str] = field(default_factory=list)
    """Every text in the tables that were written to, where the case asks for it."""
    left: dict[str, list[Any]] = field(default_factory=dict)
    """The rows of tables that were written to although the form was refused."""
    reached: list[str] = field(default_factory=list)
    """Columns that name another centre's household or people more often than before."""

    @property
    def is_accepted(self) -> bool:
        """It was done, or at least not sent back."""
        return self.status in REDIRECTS or self.status == 200

    @property
    def has_changed_something(self) -> bool:
        """Not only the record of the look itself."""
        return bool(self.written - ONLY_LOOKED)


class Sender:
    """One browser in the furnished town. Each sending begins in the town as it was."""

    def __init__(self, browser: Browser, session: Session, foreign: Mapping[str, str]) -> None:
        self.browser, self.session, self.foreign, self.count = browser, session, foreign, 0
        self._log = _Trouble()
        self._named_before = dict(self._names_of_others(set(Base.metadata.tables)))
        session.rollback()

    @contextmanager
    def taken_back(self) -> Iterator[None]:
        """What happens inside is undone."""
        self.session.commit()
        connection = self.session.get_bind()
        assert isinstance(connection, Connection)
        point = connection.begin_nested()
        try:
            yield
        finally:
            self.session.rollback()
            point.rollback()

    def send(self, sheet: Sheet, values: Sent, case: Case) -> Outcome:
        """Send the form with these values, changed as the case says."""
        self.count += 1
        sent = {name: value for name, value in {**values, **case.changes}.items() if name not in case.leaves_out}
        with self._log.listening() as trouble:
            answer = self._open(sheet, sent, has_token=case.has_token)
            html = answer.get_data(as_text=True) if answer.mimetype == HTML else ""
            reading, written = read(html, sheet.action), self.browser.written
            outcome = Outcome(sheet, case, sent, answer.status_code, html, reading, written, trouble, news=reading.news)
            self._look_into_tables(outcome)
            self._follow(outcome, answer)
        return outcome

    def _open(self, sheet: Sheet, sent: Sent, *, has_token: bool) -> Answer:
        made = {name: value() if callable(value) else value for name, value in sent.items()}
        if sheet.method == "get":
            return self.browser.open(sheet.action.split("?")[0], query_string=made)
        more: dict[str, Any] = {"content_type": "multipart/form-data"} if "multipart" in sheet.enctype else {}
        if not has_token:
            return self.browser.open(sheet.action, method="post", data=made, **more)
        return self.browser.post(sheet.action, made, status=None, **more)  # type: ignore[arg-type]

    def _follow(self, outcome: Outcome, answer: Answer) -> None:
        """See the page one is led to: what was stored has to be shown again. After a paper it is the form's page."""
        if answer.status_code == 200 and answer.mimetype != HTML:
            outcome.news += news_in(self.browser.open(outcome.sheet.url).get_data(as_text=True))
        while answer.status_code in REDIRECTS:
            parts = urlsplit(answer.headers["Location"])
            outcome.after_url = parts.path + (f"?{parts.query}" if parts.query else "")
            answer = self.browser.open(outcome.after_url)
            outcome.after = 200 if answer.status_code in REDIRECTS else answer.status_code
            outcome.after_html = answer.get_data(as_text=True) if answer.mimetype == HTML else ""
        outcome.news += news_in(outcome.after_html)

    def rows_of(self, tables: Iterable[str]) -> dict[str, list[Any]]:
        """Everything in these tables."""
        found = {name: self.session.execute(select(Base.metadata.tables[name])).all() for name in sorted(tables)}
        self.session.rollback()
        return {name: sorted(map(repr, rows)) for name, rows in found.items()}

    def _look_into_tables(self, outcome: Outcome) -> None:
        tables = outcome.written & set(Base.metadata.tables)
        if outcome.status in REFUSALS:
            outcome.left = self.rows_of(tables - ONLY_LOOKED)
        if outcome.is_accepted and (outcome.case.is_kept or outcome.case.is_secret):
            rows = (self.session.execute(select(Base.metadata.tables[name])) for name in sorted(tables))
            outcome.stored = [text for found in rows for row in found for value in row for text in _texts_of(value)]
        if outcome.is_accepted and outcome.case.is_anothers:
            now = self._names_of_others(tables - ONLY_LOOKED)
            outcome.reached = [column for column, count in now if count > self._named_before[column]]
        self.session.rollback()

    def _names_of_others(self, tables: set[str]) -> Iterator[tuple[str, int]]:
        """How often each column of these tables names what is another centre's."""
        ids = {OWNERS[what]: int(key) for what, key in self.foreign.items()}
        for column in (column for name in sorted(tables) for column in Base.metadata.tables[name].columns):
            for key in column.foreign_keys:
                if (wanted := ids.get(key.column.table.name)) is not None:
                    counting = select(func.count()).select_from(column.table).where(column == wanted)
                    yield str(column), self.session.scalar(counting) or 0


def _texts_of(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for inner in value.values() for text in _texts_of(inner))
    elif isinstance(value, list):
        yield from (text for inner in value for text in _texts_of(inner))


class _Trouble(logging.Handler):
    """Errors as the application logs them."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        frames = [frame for frame in getattr(record, "frames", []) if "site-packages" not in frame]
        self._lines.append(f"{record.getMessage()} at {' < '.join(reversed(frames[-3:]))}")

    @contextmanager
    def listening(self) -> Iterator[list[str]]:
        """What is logged meanwhile."""
        self._lines = []
        logger = logging.getLogger("outreach.web")
        logger.addHandler(self)
        try:
            yield self._lines
        finally:
            logger.removeHandler(self)
