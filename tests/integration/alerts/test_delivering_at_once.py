"""However many deliver, and whoever dies while doing it, no mail arrives twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from app.accounts.models import Account
from app.alerts.jobs import deliver_mail
from app.alerts.models import Mail
from app.alerts.rules import MailState, state_of
from app.alerts.service import write_mail
from app.config import MailSettings, Settings
from app.extensions import db
from app.factory import create_app
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.crowd import all_at_once
from tests.databases import Database
from tests.integration.alerts.mailboxes import Mailbox, open_server, settings_for
from tests.moments import NOW, TODAY

BASE = "https://outreach.hanbit.example"
DELIVER = """
from datetime import datetime
from app.alerts.jobs import deliver_mail
from app.extensions import db
from app.factory import create_app

with create_app().app_context():
    print(deliver_mail(db.session, datetime.fromisoformat({now!r})))
"""


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def settings(mailbox: Mailbox) -> Iterator[MailSettings]:
    server = open_server(mailbox)
    yield settings_for(server)
    server.stop()


@pytest.fixture
def written(fresh_database: Database) -> int:
    """One waiting mail for everybody of the town."""
    with Session(fresh_database.engine) as session, session.begin():
        for account in session.scalars(select(Account)):
            account.email = f"{account.login}@hanbit.example"
            write_mail(session, account, for_on=TODAY, subject="오늘 할 일", body="기한 지남 2가구", now=NOW)
        return session.scalar(select(func.count()).select_from(Mail)) or 0


@pytest.fixture
def app(fresh_database: Database, settings: MailSettings, tmp_path: Path) -> Iterator[Flask]:
    made = create_app(
        Settings(
            tmp_path, fresh_database.url, "a secret of the tests and of nothing else", run_jobs=False, base_url=BASE,
            mail=settings,
        )
    )  # fmt: skip
    yield made
    with made.app_context():
        db.engine.dispose()


def deliver(app: Flask) -> int:
    """One run of the delivery in a thread of its own."""
    with app.app_context():
        return deliver_mail(db.session, NOW)


def states(database: Database) -> list[MailState]:
    with Session(database.engine) as session:
        return [
            state_of(sent_at=mail.sent_at, next_try_at=mail.next_try_at, error=mail.error)
            for mail in session.scalars(select(Mail).order_by(Mail.id))
        ]


def test_eight_deliveries_at_once_send_each_mail_once(
    app: Flask, fresh_database: Database, mailbox: Mailbox, written: int
) -> None:
    assert sum(all_at_once(lambda _number: deliver(app))) == written
    assert len(mailbox.addresses) == len(set(mailbox.addresses)) == written > 10
    assert states(fresh_database) == [MailState.SENT] * written


def test_a_delivery_killed_while_the_server_has_the_text_leaves_no_second_mail(
    app: Flask, fresh_database: Database, mailbox: Mailbox, settings: MailSettings, written: int, tmp_path: Path
) -> None:
    """The process is ended by the machine, without a word: SIGKILL."""
    arrived, killed = Event(), Event()

    def wait_for_the_end() -> None:
        arrived.set()
        assert killed.wait(20)

    mailbox.before_answer = wait_for_the_end
    dying = subprocess.Popen(
        [sys.executable, "-c", DELIVER.format(now=NOW.isoformat())],
        env=os.environ | {
            "DATABASE_URL": fresh_database.url, "OUTREACH_INSTANCE": str(tmp_path), "OUTREACH_BASE_URL": BASE,
            "OUTREACH_MAIL_FROM": settings.sender, "OUTREACH_SMTP_URL": f"smtp://{settings.host}:{settings.port}",
        },
    )  # fmt: skip
    assert arrived.wait(30)
    dying.send_signal(signal.SIGKILL)
    assert dying.wait(10) == -signal.SIGKILL
    mailbox.before_answer = None
    killed.set()
    assert deliver(app) == written - 1
    assert len(mailbox.addresses) == len(set(mailbox.addresses))
    assert states(fresh_database) == [MailState.UNCERTAIN, *[MailState.SENT] * (written - 1)]


@pytest.mark.parametrize("crowd", [2, 8])
def test_a_busy_server_is_asked_once_by_all_of_them(
    app: Flask, fresh_database: Database, mailbox: Mailbox, written: int, crowd: int
) -> None:
    mailbox.says_to = {"nurse@hanbit.example": "451 later"}
    assert sum(all_at_once(lambda _number: deliver(app), crowd=crowd)) == written - 1
    with Session(fresh_database.engine) as session:
        assert session.scalars(select(Mail.tries).where(Mail.sent_at.is_(None))).all() == [1]
