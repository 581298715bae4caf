"""The morning of a working day in a town where everybody wants mail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime

import pytest
from app.access.permissions import Role
from app.accounts import service as accounts
from app.accounts.models import Account, Cover
from app.alerts.models import Alert, Mail
from app.alerts.rules import AlertKind
from app.assignments import service as assignments
from app.assignments.rules import Duty
from app.config import MailSettings
from app.households.models import Household
from app.households.rules import Risk
from app.households.service import judge_risk
from app.reminders import jobs
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.factories.households import add_household, set_rule
from tests.factories.town import Town
from tests.moments import NOW, TODAY, at, day

BASE = "https://outreach.hanbit.example"
MAIL = MailSettings("127.0.0.1", 25, "outreach@hanbit.example")
MORNING = at(TODAY, 7, 30)
Run = Callable[..., int]
Give = Callable[..., Household]


@pytest.fixture
def everybody_wants_mail(town: Town) -> None:
    for account in town.accounts.values():
        account.email = f"{account.login}@hanbit.example"


@pytest.fixture
def run(app: Flask, session: Session, everybody_wants_mail: None) -> Iterator[Run]:
    """Run a job at a moment, in an installation that sends mail unless told."""
    before = app.config["OUTREACH"]

    def run(name: str = "tell_mornings", now: datetime = MORNING, *, mail: MailSettings | None = MAIL) -> int:
        app.config["OUTREACH"] = replace(before, mail=mail, base_url=BASE)
        session.commit()  # to the savepoint, as what stood there before
        with app.app_context():
            done: int = getattr(jobs, name)(session, now)
        session.expire_all()
        return done

    yield run
    app.config["OUTREACH"] = before


@pytest.fixture
def give(session: Session, town: Town) -> Give:
    """A household of 가람동 in somebody's hands, with a check of its worker due `since` days from now."""

    def give(
        holder: Account | None = None, *, due: int = 0, risk: Risk | None = None, code: str = "CASE_CHECK_GENERAL",
        every: int = 30,
    ) -> Household:  # fmt: skip
        holder = holder or town.worker
        household = add_household(session, town.who(town.worker))
        duty = Duty.NURSE if holder.role is Role.NURSE else Duty.WORKER
        assignments.assign(session, household, duty, holder, actor=town.who(town.supervisor), now=NOW)
        if risk is not None:
            judge_risk(session, household, risk, reason="살펴봄", actor=town.who(town.worker), now=NOW)
        set_rule(session, household, code, town.who(town.worker), starts_on=day(due - every))
        return household

    return give


@pytest.fixture
def send_away(session: Session, town: Town) -> Callable[[Account, Account], Cover]:
    """Somebody is on leave today, and a colleague covers."""

    def send_away(absent: Account, covered_by: Account) -> Cover:
        actor = town.who(town.supervisor)
        return accounts.arrange_cover(
            session, absent, covered_by, from_on=TODAY, until_on=day(2), reason="연가", actor=actor, now=NOW
        )

    return send_away


def alerts(session: Session, kind: AlertKind, recipient: Account | None = None) -> list[Alert]:
    statement = select(Alert).where(Alert.kind == kind).order_by(Alert.id)
    if recipient is not None:
        statement = statement.where(Alert.recipient_id == recipient.id)
    return list(session.scalars(statement))


def mails(session: Session, recipient: Account | None = None, on: date | None = None) -> list[Mail]:
    statement = select(Mail).order_by(Mail.id)
    if recipient is not None:
        statement = statement.where(Mail.recipient_id == recipient.id)
    if on is not None:
        statement = statement.where(Mail.for_on == on)
    return list(session.scalars(statement))
