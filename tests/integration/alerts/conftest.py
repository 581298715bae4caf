"""Mails that wait, a server that takes them, and the product told of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime

import pytest
from app.accounts.models import Account
from app.alerts import jobs
from app.alerts.models import Mail
from app.alerts.service import write_mail
from app.config import MailSettings
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.factories.town import Town
from tests.integration.alerts.mailboxes import Mailbox, open_server, settings_for
from tests.moments import NOW, TODAY

Write = Callable[..., Mail]
Deliver = Callable[..., int]


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def server_settings(mailbox: Mailbox) -> Iterator[MailSettings]:
    """A server that takes everything, as plain as on one's own machine."""
    server = open_server(mailbox)
    yield settings_for(server)
    server.stop()


@pytest.fixture
def write(session: Session, town: Town) -> Write:
    """Write somebody's mail of the day; the nurse's unless told."""

    def write(
        recipient: Account | None = None, *, for_on: date = TODAY, now: datetime = NOW, subject: str = "오늘 할 일",
        body: str = "기한 지남 2가구",
    ) -> Mail:  # fmt: skip
        recipient = recipient or town.nurse
        recipient.email = recipient.email or f"{recipient.login}@hanbit.example"
        assert write_mail(session, recipient, for_on=for_on, subject=subject, body=body, now=now)
        return session.scalars(select(Mail).where(Mail.recipient_id == recipient.id, Mail.for_on == for_on)).one()

    return write


@pytest.fixture
def deliver(app: Flask, session: Session, server_settings: MailSettings) -> Iterator[Deliver]:
    """Run the delivery at a moment, with the server of the test unless another one is named."""
    before = app.config["OUTREACH"]

    def deliver(now: datetime = NOW, settings: MailSettings | None = server_settings) -> int:
        app.config["OUTREACH"] = replace(before, mail=settings, base_url="https://outreach.hanbit.example")
        with app.app_context():
            return jobs.deliver_mail(session, now)

    yield deliver
    app.config["OUTREACH"] = before
