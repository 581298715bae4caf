"""Mails leave the building: no name, no address and no telephone number of anybody is in one, nor in a log."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from app.alerts.jobs import deliver_mail
from app.alerts.models import Alert, Mail
from app.config import MailSettings
from app.core.database import new_id
from app.follow_ups.rules import ContactMode, Purpose
from app.follow_ups.service import TermDetails, set_term
from app.households.models import Household
from app.households.rules import DwellingDetails, MemberDetails, Relation, Risk, Sex
from app.visits.models import PlannedVisit
from app.visits.rules import PlannedState
from app.web.logs import JsonLines
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.factories.households import add_contact, add_household
from tests.factories.town import STAFF, Town
from tests.integration.alerts.mailboxes import Mailbox, open_server, settings_for
from tests.integration.reminders.conftest import Run
from tests.moments import NOW, TODAY, at, day

HEAD = MemberDetails("천둥솔", Relation.HEAD, Sex.FEMALE, date(1942, 3, 15), phone="010-9307-4418")
SPOUSE = MemberDetails("소슬비", Relation.SPOUSE, Sex.MALE, date(1939, 8, 2))
DWELLING = DwellingDetails("한빛구 여우비길 77", "가람동 93-7", "715호", approach="파란 대문")
PLANTED = (
    "천둥솔", "소슬비", "9307", "4418", "여우비", "93-7", "715호", "파란 대문", "1942", "02-3120", "꿀차를", "단추 하나", "가람동",
    "한빛구",
)  # fmt: skip


@pytest.fixture
def log() -> Iterator[StringIO]:
    """Every line of ours, on every level, as the product writes it; the mail server of the test is not ours."""
    stream = StringIO()
    catching = logging.StreamHandler(stream)
    catching.setFormatter(JsonLines())
    catching.addFilter(lambda record: not record.name.startswith("mail."))
    root, before = logging.getLogger(), logging.getLogger().level
    root.addHandler(catching)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(catching)
    root.setLevel(before)


@pytest.fixture
def planted(session: Session, town: Town) -> list[Household]:
    """Households full of names and addresses, for every part of a mail there is."""
    worker = town.who(town.worker)
    found = []
    for number in range(4):
        household = add_household(session, worker, HEAD, SPOUSE, dwelling=DWELLING, note="꿀차를 좋아하심")
        household.worker_id, household.nurse_id, household.risk = town.worker.id, town.nurse.id, Risk.HIGH
        details = TermDetails("CASE_CHECK_GENERAL", day(-30 - 15 * number), note="단추 하나가 떨어짐, 천둥솔 님과 약속")
        set_term(session, household, details, actor=worker, now=NOW)
        found.append(household)
    add_contact(session, found[0], day(-20), mode=ContactMode.ABSENT)
    add_contact(session, found[0], day(-18), mode=ContactMode.ABSENT)
    add_contact(session, found[0], day(-16), mode=ContactMode.ABSENT)
    session.add(
        PlannedVisit(
            id=new_id(), household_id=found[1].id, assignee_id=town.worker.id, planned_on=TODAY, planned_at=None,
            minutes=30, purpose=Purpose.WELFARE, state=PlannedState.PLANNED, note="천둥솔 여우비길", set_by_id=town.worker.id,
            set_at=NOW,
        )
    )  # fmt: skip
    return found


def test_no_mail_names_anybody(
    run: Run, app: Flask, session: Session, town: Town, planted: list[Household], log: StringIO
) -> None:
    run()
    mailbox = Mailbox()
    server = open_server(mailbox)
    try:
        run("escalate_overdue", now=at(TODAY, 9))
        logging.getLogger("outreach").info("a line, so that silence proves something")
        delivered = deliver(app, session, settings_for(server))
    finally:
        server.stop()
    assert delivered == len(mailbox.messages) >= 3
    for message, raw in zip(mailbox.messages, mailbox.raw, strict=True):
        parts = [part.get_content() for part in message.iter_parts()]
        written = [*parts, message["Subject"], message["From"], raw.decode("ascii")]
        for word in (*PLANTED, *(name for name, _role, _place in STAFF.values())):
            assert not any(word in text for text in written), f"a mail says {word}"
        assert any(household.number in parts[0] for household in planted), "it says nothing at all"
        assert "가람-" not in message["Subject"], "a number on a locked screen"
    lines = log.getvalue()
    assert "silence" in lines
    for word in (*PLANTED, "hanbit.example", *(household.number for household in planted)):
        assert word not in lines, f"a log says {word}"


def deliver(app: Flask, session: Session, settings: MailSettings) -> int:
    """The delivery of what was written, with the server of the test."""
    before = app.config["OUTREACH"]
    app.config["OUTREACH"] = replace(before, mail=settings)
    try:
        with app.app_context():
            return deliver_mail(session, at(TODAY, 9, 30))
    finally:
        app.config["OUTREACH"] = before


def test_no_line_of_the_inbox_names_anybody_either(
    run: Run, session: Session, town: Town, planted: list[Household]
) -> None:
    """Alerts outlive the households they are about."""
    run()
    run("escalate_overdue", now=at(TODAY, 9))
    texts = session.scalars(select(Alert.text)).all()
    assert len(texts) >= 5
    for word in PLANTED:
        assert not any(word in text for text in texts), f"an alert says {word}"


def test_a_mail_that_fails_is_remembered_without_words_of_the_server(
    run: Run, app: Flask, session: Session, town: Town, planted: list[Household]
) -> None:
    """Servers repeat the address, and what not."""
    run()
    mailbox = Mailbox(
        says_to={f"{login.replace('_', '.')}@hanbit.example": "550 천둥솔 no such person" for login in STAFF}
    )
    server = open_server(mailbox)
    try:
        assert deliver(app, session, settings_for(server)) == 0
    finally:
        server.stop()
    assert set(session.scalars(select(Mail.error))) == {"SMTPRecipientsRefused 550"}
