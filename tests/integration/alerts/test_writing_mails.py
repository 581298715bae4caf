"""One mail a person and day, as a row, for those who want one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from app.accounts.models import Account
from app.alerts.models import Mail
from app.alerts.service import forget_mails, write_mail
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.crowd import CROWD, all_at_once
from tests.databases import Database
from tests.factories.town import Town
from tests.moments import NOW, TODAY, day


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Mail)) or 0


def test_the_second_mail_of_a_day_changes_nothing(session: Session, town: Town, now: datetime) -> None:
    town.nurse.email = "nurse@hanbit.example"
    first = write_mail(session, town.nurse, for_on=TODAY, subject="오늘 할 일", body="첫째", now=now)
    second = write_mail(session, town.nurse, for_on=TODAY, subject="다른 것", body="둘째", now=now)
    other_day = write_mail(session, town.nurse, for_on=day(1), subject="오늘 할 일", body="이튿날", now=now)
    assert (first, second, other_day) == (True, False, True)
    kept = session.scalars(select(Mail).where(Mail.for_on == TODAY)).one()
    assert (kept.subject, kept.body, kept.address) == ("오늘 할 일", "첫째", "nurse@hanbit.example")
    assert (kept.sent_at, kept.next_try_at, kept.tries) == (None, now, 0)


@pytest.mark.parametrize(
    "unfit",
    [
        lambda account: setattr(account, "email", ""),
        lambda account: setattr(account, "wants_mail", False),
        lambda account: setattr(account, "disabled_at", NOW),
    ],
    ids=["no address", "not wanted", "disabled"],
)
def test_nobody_is_written_to_who_cannot_or_does_not_want(
    session: Session, town: Town, now: datetime, unfit: Callable[[Account], None]
) -> None:
    town.nurse.email = "nurse@hanbit.example"
    unfit(town.nurse)
    assert not write_mail(session, town.nurse, for_on=TODAY, subject="오늘 할 일", body="", now=now)
    assert count(session) == 0


def test_a_subject_is_one_line_whatever_it_was_made_of(session: Session, town: Town, now: datetime) -> None:
    town.nurse.email = "nurse@hanbit.example"
    write_mail(session, town.nurse, for_on=TODAY, subject="오늘\nBcc: a@b.kr \r\n 할 일", body="", now=now)
    assert session.scalars(select(Mail.subject)).one() == "오늘 Bcc: a@b.kr 할 일"


def test_whoever_writes_at_the_same_moment_writes_one_mail(fresh_database: Database) -> None:
    with Session(fresh_database.engine) as session, session.begin():
        nurse = session.scalars(select(Account).where(Account.login == "nurse")).one()
        nurse.email, key = "nurse@hanbit.example", nurse.id

    def write(number: int) -> bool:
        with Session(fresh_database.engine) as session, session.begin():
            recipient = session.get_one(Account, key)
            return write_mail(session, recipient, for_on=TODAY, subject="오늘 할 일", body=str(number), now=NOW)

    assert sorted(all_at_once(write)) == [False] * (CROWD - 1) + [True]
    with Session(fresh_database.engine) as session:
        assert count(session) == 1


def test_old_mails_are_forgotten(session: Session, town: Town, now: datetime) -> None:
    town.nurse.email = "nurse@hanbit.example"
    for on in (day(-91), day(-90), TODAY):
        write_mail(session, town.nurse, for_on=on, subject="오늘 할 일", body="", now=now)
    assert forget_mails(session, before=day(-90)) == 1
    assert count(session) == 2
