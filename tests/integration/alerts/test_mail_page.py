"""메일: what the administrator sees of the mail; never what one says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from app.access.permissions import Role
from app.alerts.models import Mail
from app.config import MailSettings
from flask import Flask
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.town import Town
from tests.moments import NOW, day

Enter = Callable[..., Browser]
Write = Callable[..., Mail]
SECRET = "sehr-geheim"


@pytest.fixture
def sends_mail(app: Flask) -> Iterator[None]:
    before = app.config["OUTREACH"]
    mail = MailSettings("mail.hanbit.example", 465, "outreach@hanbit.example", "robot", SECRET, tls=True)
    app.config["OUTREACH"] = replace(before, mail=mail, base_url="https://outreach.hanbit.example")
    yield
    app.config["OUTREACH"] = before


def test_without_a_server_the_page_says_so_and_what_to_set(sign_in_as: Enter) -> None:
    page = sign_in_as(Role.ADMIN).get("/mail")
    for words in ("메일을 보내지 않는 설치", "OUTREACH_SMTP_URL", "OUTREACH_MAIL_FROM", "OUTREACH_BASE_URL"):
        assert words in page.text


def test_with_one_it_shows_where_mail_goes_and_never_the_password(sign_in_as: Enter, sends_mail: None) -> None:
    page = sign_in_as(Role.ADMIN).get("/mail")
    for words in ("mail.hanbit.example:465", "TLS", "outreach@hanbit.example", "걸린 메일이 없습니다"):
        assert words in page.text
    assert SECRET not in page.html
    assert "robot" not in page.html


def test_whom_mail_did_not_reach_stands_there_with_the_reason(
    sign_in_as: Enter, sends_mail: None, write: Write, town: Town, session: Session
) -> None:
    refused, waiting, lost, sent = (
        write(person, body="기한 지남 가람-0127", subject="오늘 할 일")
        for person in (town.nurse, town.worker, town.supervisor, town.other_nurse)
    )
    refused.next_try_at, refused.tries, refused.error = None, 1, "SMTPRecipientsRefused 550"
    waiting.tries, waiting.error, waiting.next_try_at = 2, "SMTPDataError 452", NOW + timedelta(minutes=15)
    lost.next_try_at, lost.tries, lost.error = None, 1, "Uncertain SMTPServerDisconnected"
    sent.next_try_at, sent.tries, sent.sent_at = None, 1, NOW
    page = sign_in_as(Role.ADMIN).get("/mail")
    for words in (
        "보낼 차례를 기다림 1통", "보냄 1통", "보내지 못함 1통", "갔는지 알 수 없음 1통", "윤가람", "민하준", "도윤서",
        "주소를 확인해 주세요. SMTPRecipientsRefused 550", "2번 시도 · 다음 10:15", "두 번 가지 않도록",
    ):  # fmt: skip
        assert words in page.text
    assert "서은결" not in page.text
    assert "가람-0127" not in page.html
    assert f"/accounts/{town.nurse.id}" in page.links()


def test_other_districts_and_old_mails_are_not_shown(
    sign_in_as: Enter, sends_mail: None, write: Write, town: Town
) -> None:
    far, old = write(town.far_supervisor), write(for_on=day(-15))
    for mail in (far, old):
        mail.next_try_at, mail.error = None, "SMTPRecipientsRefused 550"
    page = sign_in_as(Role.ADMIN).get("/mail")
    assert "보내지 못함 0통" in page.text
    assert "옥한솔" not in page.text


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_it_is_the_administrators(sign_in_as: Enter, role: Role) -> None:
    sign_in_as(role).get("/mail", status=403)
