"""Mails reach a real server, each at most once, with Korean subjects that every mail program can read."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable
from datetime import timedelta
from email.header import decode_header, make_header
from email.parser import BytesParser
from email.policy import compat32
from pathlib import Path

import pytest
from app.alerts.models import Mail
from app.alerts.rules import MOST_PER_RUN, MOST_TRIES, PAUSES, MailState, state_of
from app.alerts.service import MailServerRefusal, MailServerSilent, MailServerUntrusted
from app.config import MailSettings
from sqlalchemy.orm import Session
from tests.factories.town import Town
from tests.integration.alerts.mailboxes import (
    PASSWORD,
    USER,
    Mailbox,
    certificate,
    let_in,
    open_server,
    settings_for,
)
from tests.moments import NOW, at, day

Write = Callable[..., Mail]
Deliver = Callable[..., int]
KOREAN = "[찾아가는 복지] 11월 23일 월요일 오늘 할 일과 지난주 요약을 알려 드립니다 (뷁)"


def state(mail: Mail) -> MailState:
    return state_of(sent_at=mail.sent_at, next_try_at=mail.next_try_at, error=mail.error)


def test_a_mail_is_sent_once_and_marked(write: Write, deliver: Deliver, mailbox: Mailbox) -> None:
    mail = write()
    assert (deliver(), deliver(), deliver(NOW + timedelta(hours=3))) == (1, 0, 0)
    assert mailbox.addresses == ["nurse@hanbit.example"]
    assert (mail.sent_at, mail.tries, mail.error, state(mail)) == (NOW, 1, "", MailState.SENT)


def test_without_a_server_nothing_happens(write: Write, deliver: Deliver, mailbox: Mailbox) -> None:
    mail = write()
    assert deliver(settings=None) == 0
    assert mailbox.arrived == []
    assert state(mail) is MailState.WAITING


def test_the_headers_say_who_wrote_it_and_that_it_was_a_machine(
    write: Write, deliver: Deliver, mailbox: Mailbox
) -> None:
    mail = write()
    deliver()
    message = mailbox.messages[0]
    assert message["From"].addresses[0].addr_spec == "outreach@hanbit.example"
    assert message["From"].addresses[0].display_name == "찾아가는 복지 사례관리"
    assert message["To"] == "nurse@hanbit.example"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == f"<20261123.{mail.id}@hanbit.example>"
    assert message["Date"].datetime == NOW
    assert str(message["Date"]).endswith("+0900")


def test_a_korean_subject_survives_every_reader(write: Write, deliver: Deliver, mailbox: Mailbox) -> None:
    write(subject=KOREAN)
    deliver()
    raw = mailbox.raw[0]
    head = raw.split(b"\r\n\r\n")[0].decode("ascii")
    assert all(len(line) <= 76 for line in head.split("\r\n"))
    words = re.findall(r"=\?utf-8\?[bq]\?[^?]*\?=", head)
    assert words
    assert all(len(word) <= 75 for word in words), "RFC 2047 allows 75 characters"
    for word in words:
        decoded, charset = decode_header(word)[0]
        assert decoded.decode(charset), "a syllable is torn"  # a program decodes each word for itself
    assert mailbox.messages[0]["Subject"] == KOREAN
    as_of_old = BytesParser(policy=compat32).parsebytes(raw)["Subject"]
    assert re.sub(r"\r?\n ", " ", str(make_header(decode_header(as_of_old)))) == KOREAN


def test_both_forms_say_the_same_and_nothing_in_them_is_code(write: Write, deliver: Deliver, mailbox: Mailbox) -> None:
    body = "안녕하세요.\n\n■ 기한 지남 2가구\n가람-0127 & <b>\n오늘 목록 열기: https://outreach.hanbit.example/today?a=1&b=2\n"
    write(body=body)
    deliver()
    message = mailbox.messages[0]
    assert message.get_content_type() == "multipart/alternative"
    plain, html = (part.get_content() for part in message.iter_parts())
    assert plain.splitlines() == body.splitlines()
    assert [part.get_content_charset() for part in message.iter_parts()] == ["utf-8", "utf-8"]
    assert "<h3>기한 지남 2가구</h3>" in html
    assert "가람-0127 &amp; &lt;b&gt;" in html
    assert '<a href="https://outreach.hanbit.example/today?a=1&amp;b=2">오늘 목록 열기</a>' in html
    assert not re.search(r"<img|<script|style=", html)


def test_a_server_that_is_busy_is_asked_again_after_growing_pauses_and_then_no_more(
    write: Write, deliver: Deliver, mailbox: Mailbox
) -> None:
    mail, now = write(now=at(day(0), 8)), at(day(0), 8)
    mailbox.says_to = {"nurse@hanbit.example": "451 greylisted"}
    pauses = []
    for _ in range(MOST_TRIES - 1):
        assert deliver(now) == 0
        assert mail.next_try_at is not None
        assert deliver(mail.next_try_at - timedelta(seconds=1)) == 0, "nobody waited"
        pauses.append(mail.next_try_at - now)
        now = mail.next_try_at
    assert tuple(pauses) == PAUSES
    assert sorted(pauses) == pauses
    deliver(now)
    assert (mail.tries, mail.next_try_at, mail.error) == (MOST_TRIES, None, "SMTPRecipientsRefused 451")
    assert state(mail) is MailState.GIVEN_UP
    mailbox.says_to = {}
    assert deliver(now + timedelta(hours=9)) == 0


def test_a_mail_goes_out_when_the_server_has_time_again(write: Write, deliver: Deliver, mailbox: Mailbox) -> None:
    mail = write()
    mailbox.says_to_text = ["452 too many"]
    assert deliver() == 0
    assert (mail.error, state(mail)) == ("SMTPDataError 452", MailState.WAITING)
    assert deliver(NOW + PAUSES[0]) == 1
    assert (mail.tries, state(mail), mail.error) == (2, MailState.SENT, "")


def test_an_address_that_does_not_exist_is_given_up_and_the_others_go_out(
    write: Write, deliver: Deliver, mailbox: Mailbox, town: Town
) -> None:
    mailbox.says_to = {"nurse@hanbit.example": "550 no such person"}
    wrong, right = write(town.nurse), write(town.worker)
    assert deliver() == 1
    assert mailbox.addresses == ["worker@hanbit.example"]
    assert (state(wrong), wrong.tries, wrong.error) == (MailState.GIVEN_UP, 1, "SMTPRecipientsRefused 550")
    assert state(right) is MailState.SENT


def test_an_address_no_server_can_be_told_harms_nobody_else(
    write: Write, deliver: Deliver, mailbox: Mailbox, town: Town
) -> None:
    town.nurse.email = "봄@hanbit.example"
    wrong = write(town.nurse)
    write(town.worker)
    assert deliver() == 1
    assert mailbox.addresses == ["worker@hanbit.example"]
    assert state(wrong) is MailState.GIVEN_UP


def test_when_the_line_breaks_after_the_text_nobody_sends_it_again(
    write: Write, deliver: Deliver, mailbox: Mailbox
) -> None:
    """The server has it, as far as anybody can tell."""
    mail = write()
    mailbox.hangs_up = True
    assert deliver() == 0
    mailbox.hangs_up = False
    assert deliver(NOW + timedelta(hours=3)) == 0
    assert len(mailbox.arrived) == 1
    assert (state(mail), mail.error) == (MailState.UNCERTAIN, "Uncertain SMTPServerDisconnected")


def test_a_line_that_breaks_is_made_again_for_the_next_mail(
    write: Write, deliver: Deliver, mailbox: Mailbox, town: Town
) -> None:
    mailbox.hangs_up = True
    mails = [write(town.nurse), write(town.worker)]
    deliver()
    assert [state(mail) for mail in mails] == [MailState.UNCERTAIN, MailState.UNCERTAIN]
    assert sorted(mailbox.addresses) == ["nurse@hanbit.example", "worker@hanbit.example"]


def test_a_server_that_is_not_there_costs_no_mail_a_try(write: Write, deliver: Deliver) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = MailSettings("127.0.0.1", taken.getsockname()[1], "outreach@hanbit.example")
        mail = write()
        with pytest.raises(MailServerSilent):
            deliver(settings=nobody)
    assert (mail.tries, mail.next_try_at, mail.error) == (0, NOW, "")
    assert deliver() == 1


def test_what_was_to_be_done_yesterday_is_not_sent_today(write: Write, deliver: Deliver, mailbox: Mailbox) -> None:
    mail = write(for_on=day(-1))
    assert deliver() == 0
    assert mailbox.arrived == []
    assert (state(mail), mail.error) == (MailState.GIVEN_UP, "Expired")


def test_whoever_left_gets_none(write: Write, deliver: Deliver, mailbox: Mailbox, town: Town) -> None:
    write()
    town.nurse.disabled_at = NOW
    assert deliver() == 0
    assert mailbox.arrived == []


def test_a_run_takes_so_many_and_the_next_one_goes_on(
    write: Write, deliver: Deliver, mailbox: Mailbox, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_PER_RUN > 10
    monkeypatch.setattr("app.alerts.jobs.MOST_PER_RUN", 2)
    for account in (town.nurse, town.worker, town.supervisor):
        write(account)
    assert (deliver(), deliver(), deliver()) == (2, 1, 0)
    assert len(set(mailbox.addresses)) == 3


def test_no_lock_is_held_while_the_server_thinks(
    write: Write, deliver: Deliver, mailbox: Mailbox, session: Session
) -> None:
    """The row says «uncertain» by then, committed, and no transaction is open."""
    mail, seen = write(), []

    def look() -> None:
        seen.append(session.in_transaction())

    mailbox.before_answer = look
    deliver()
    assert seen == [False]
    assert state(mail) is MailState.SENT


@pytest.mark.parametrize("how", ["tls", "starttls"])
def test_the_password_travels_encrypted_to_a_server_that_proves_who_it_is(
    write: Write, deliver: Deliver, mailbox: Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    context, trusted = certificate(tmp_path)
    more = {"ssl_context": context} if how == "tls" else {"tls_context": context, "require_starttls": True}
    server = open_server(
        mailbox, authenticator=let_in, auth_required=how != "tls", auth_require_tls=how != "tls", **more
    )
    known = settings_for(server, user=USER, password=PASSWORD, **{how: True})
    mail = write()
    try:
        with pytest.raises(MailServerUntrusted):
            deliver(settings=known)
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        with pytest.raises(MailServerRefusal):
            deliver(settings=settings_for(server, user=USER, password="falsch", **{how: True}))
        assert mail.tries == 0
        assert deliver(settings=known) == 1
    finally:
        server.stop()
    assert mailbox.addresses == ["nurse@hanbit.example"]
