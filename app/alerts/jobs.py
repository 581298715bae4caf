"""What the timetable calls."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy.orm import Session

from app.alerts import queries, service
from app.alerts.rules import MOST_PER_RUN, Answer, Letter, blocks_of
from app.alerts.service import Post
from app.config import MailSettings
from app.core.clock import korean_date
from app.core.database import unit_of_work

MAILS_KEPT = timedelta(days=90)


def deliver_mail(session: Session, now: datetime) -> int:
    """Send the mails whose turn has come, each at most once. Returns how many the server took.

    A mail is taken up in a transaction of its own, handed over outside of any, and settled in another: nothing waits
    for the server while a lock is held, and a second delivery at the same time finds the mail taken up.

    Raises:
        MailServerSilent, MailServerUntrusted, MailServerRefusal: what was not taken up yet waits for the next run.
    """
    server: MailSettings | None = current_app.config["OUTREACH"].mail
    if server is None:
        return 0
    with unit_of_work(session):
        service.expire_mails(session, today=korean_date(now))
        waiting = queries.list_waiting_mails(session, now=now, most=MOST_PER_RUN)
    with Post(server) as post:
        return sum(_deliver(session, post, mail_id, server, now) for mail_id in waiting)


def _deliver(session: Session, post: Post, mail_id: int, server: MailSettings, now: datetime) -> bool:
    """Send one mail; whether the server took it."""
    post.connect()
    with unit_of_work(session):
        letter = service.claim_mail(session, mail_id, now=now)
    if letter is None:
        return False
    reply = post.send(letter, _message(letter, server))
    with unit_of_work(session):
        service.settle_mail(session, mail_id, reply, now=now)
    return reply.answer is Answer.ACCEPTED


def _message(letter: Letter, server: MailSettings) -> bytes:
    template = current_app.jinja_env.get_template("messages/daily/body.html")
    html = template.render(subject=letter.subject, blocks=blocks_of(letter.body))
    return service.compose(letter, html=html, sender=server.sender)


def forget_mails(session: Session, now: datetime) -> int:
    """Drop mails for days more than 90 days ago. Returns how many."""
    return service.forget_mails(session, before=korean_date(now - MAILS_KEPT))
