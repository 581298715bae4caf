"""Two processes that tell the same morning at the same moment tell it once; so do eight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from app.alerts.jobs import deliver_mail
from app.alerts.models import Alert, Mail
from app.alerts.rules import AlertKind
from app.audit.queries import find_broken_rows
from app.config import Settings
from app.extensions import db
from app.factory import create_app
from app.follow_ups.service import TermDetails, set_term
from app.reminders.jobs import escalate_overdue, tell_mornings, tell_weeks
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.crowd import all_at_once
from tests.databases import Database
from tests.factories.access_log import list_entries
from tests.factories.households import add_household
from tests.factories.town import Town, find_town
from tests.integration.alerts.mailboxes import Mailbox, open_server, settings_for
from tests.integration.reminders.conftest import BASE
from tests.moments import NOW, TODAY, at, day

Work = Callable[[Session, datetime], int]
MORNING = at(TODAY, 7, 30)


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def app(fresh_database: Database, mailbox: Mailbox, tmp_path: Path) -> Iterator[Flask]:
    """The product on a database of the test's own, in which something waits in each of three centres."""
    with Session(fresh_database.engine) as session, session.begin():
        _furnish(session, find_town(session))
    server = open_server(mailbox)
    made = create_app(
        Settings(
            tmp_path, fresh_database.url, "a secret of the tests and of nothing else", run_jobs=False, base_url=BASE,
            mail=settings_for(server),
        )
    )  # fmt: skip
    yield made
    server.stop()
    with made.app_context():
        db.engine.dispose()


def _furnish(session: Session, town: Town) -> None:
    for account in town.accounts.values():
        account.email = f"{account.login}@hanbit.example"
    for worker, nurse in ((town.worker, town.nurse), (town.narae_worker, town.narae_nurse)):
        for number in range(5):
            household = add_household(session, town.who(worker))
            household.worker_id, household.nurse_id = worker.id, nurse.id
            for code in ("CASE_CHECK_GENERAL", "ISOLATION_LOW"):
                set_term(session, household, TermDetails(code, day(-200 - number)), actor=town.who(worker), now=NOW)


def at_once(app: Flask, work: Work, now: datetime = MORNING, *, crowd: int = 8) -> list[int]:
    """The same period of a job in so many processes' stead."""

    def run(_number: int) -> int:
        with app.app_context():
            return work(db.session, now)

    return all_at_once(run, crowd=crowd)


def told(database: Database, kind: AlertKind) -> Counter[tuple[str, int]]:
    with Session(database.engine) as session:
        rows = session.execute(select(Alert.subject, Alert.recipient_id).where(Alert.kind == kind))
        return Counter((subject, recipient) for subject, recipient in rows)


def test_a_morning_told_at_once_is_told_once_and_arrives_once(
    app: Flask, fresh_database: Database, mailbox: Mailbox
) -> None:
    at_once(app, tell_mornings, crowd=2)
    at_once(app, tell_mornings)
    mornings = told(fresh_database, AlertKind.MORNING)
    assert len(mornings) == 4, "two workers and two supervisors; nurses have nothing to do"
    assert set(mornings.values()) == {1}
    with Session(fresh_database.engine) as session:
        written = session.scalars(select(Mail.recipient_id)).all()
        records = [entry for entry in list_entries(session) if entry.subject == "mail"]
        assert list(find_broken_rows(session)) == []
    assert sorted(written) == sorted({recipient for _subject, recipient in mornings})
    assert len(records) == 4
    assert sum(at_once(app, deliver_mail, NOW, crowd=2)) == 4
    assert sum(at_once(app, deliver_mail, NOW)) == 0
    assert len(mailbox.addresses) == len(set(mailbox.addresses)) == 4


def test_a_morning_and_a_week_told_at_once_are_one_mail_each(
    app: Flask, fresh_database: Database, mailbox: Mailbox
) -> None:
    def either(number: int) -> int:
        with app.app_context():
            return (tell_mornings if number % 2 else tell_weeks)(db.session, MORNING)

    all_at_once(either)
    for kind, people in ((AlertKind.MORNING, 4), (AlertKind.WEEKLY, 2)):
        counts = told(fresh_database, kind)
        assert len(counts) == people
        assert set(counts.values()) == {1}
    at_once(app, deliver_mail, NOW)
    assert len(mailbox.addresses) == len(set(mailbox.addresses)) == 4
    with_week = [message["To"] for message in mailbox.messages if "지난주" in message["Subject"]]
    assert sorted(with_week) == ["narae.supervisor@hanbit.example", "supervisor@hanbit.example"]


def test_what_is_overdue_is_told_once_by_all_of_them(app: Flask, fresh_database: Database) -> None:
    nine = at(TODAY, 9)
    assert sum(at_once(app, escalate_overdue, nine)) == 20
    assert at_once(app, escalate_overdue, nine, crowd=2) == [0, 0]
    counts = told(fresh_database, AlertKind.OVERDUE)
    assert len(counts) == 20
    assert set(counts.values()) == {1}
