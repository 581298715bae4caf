"""A question about records: opened once, asked of the person, answered in words, and added to later."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.accounts.models import Account
from app.alerts.rules import AlertKind
from app.alerts.service import raise_alert
from app.audit import service as audit
from app.audit.rules import Action
from app.core.clock import korean_time
from app.core.errors import RuleBroken
from app.core.privacy import mask_resident_numbers
from app.supervision.models import AskedQuestion
from app.supervision.rules import Question


def open_question(
    session: Session, question: Question, *, centre_id: int, actor: Identity, now: datetime
) -> AskedQuestion:
    """Give a finding a place to answer; opened by two at once it is one."""
    known = _find(session, question)
    if known is not None:
        return known
    opened = AskedQuestion(
        question=question.key, kind=question.kind, centre_id=centre_id, account_id=question.account_id,
        visit_ids=[str(each) for each in question.visit_ids],
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(opened)
    except IntegrityError:
        return session.scalars(_same(question)).one()
    _record(session, opened, actor, now)
    return opened


def ask(session: Session, asked: AskedQuestion, *, actor: Identity, now: datetime) -> None:
    """Ask the person whose records they are; they hear it in their inbox. Asking again is harmless."""
    if asked.asked_at is not None or asked.answer:
        return
    asked.asked_by_id, asked.asked_at = actor.account_id, now
    raise_alert(
        session,
        AlertKind.QUESTION,
        subject=f"question:{asked.id}",
        recipient_ids=[asked.account_id],
        text=f"{asked.kind.label}: 어떻게 된 일인지 알려 주세요. 나무라려는 것이 아닙니다.",
        now=now,
    )
    _record(session, asked, actor, now)


def answer(session: Session, asked: AskedQuestion, text: str, *, actor: Identity, now: datetime) -> None:
    """Write an answer; a later one stands below the earlier, and none is ever taken away.

    Raises:
        RuleBroken: nothing was written.
    """
    words = mask_resident_numbers(text).strip()
    if not words:
        raise RuleBroken("NO_WORDS", "답을 적어 주세요.", field="answer")
    session.execute(select(AskedQuestion.id).where(AskedQuestion.id == asked.id).with_for_update())
    session.refresh(asked, ["answer"])  # somebody may have answered while this was written
    who = session.get_one(Account, actor.account_id)
    said = f"{korean_time(now):%Y-%m-%d %H:%M} {who.name}\n{words}"
    asked.answer = f"{asked.answer}\n\n{said}" if asked.answer else said
    asked.by_id, asked.at = actor.account_id, now
    _record(session, asked, actor, now)


def _same(question: Question) -> Select[AskedQuestion]:
    return select(AskedQuestion).where(AskedQuestion.question == question.key)


def _find(session: Session, question: Question) -> AskedQuestion | None:
    return session.scalars(_same(question)).one_or_none()


def _record(session: Session, asked: AskedQuestion, actor: Identity, now: datetime) -> None:
    session.flush()
    audit.record(
        session, Action.QUESTION, subject=f"question:{asked.id}", detail=asked.kind.value, actor=actor, now=now
    )
