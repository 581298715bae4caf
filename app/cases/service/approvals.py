"""결재: ask the supervisor, take a request back, approve it or send it back with words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Role
from app.accounts.models import Account
from app.alerts.rules import AlertKind
from app.alerts.service import raise_alert, settle
from app.cases import queries
from app.cases.models import Approval, Case
from app.cases.rules import ApprovalKind, Verdict
from app.cases.service.writing import hold, written
from app.core.errors import RuleBroken, StaleRecord

Follower = Callable[[Session, Approval, Identity, datetime], None]
_FOLLOWERS: dict[ApprovalKind, Follower] = {}


def when_decided(kind: ApprovalKind, follower: Follower) -> None:
    """Let `follower(session, approval, actor, now)` carry out what was decided about a kind, in the same transaction.

    The slice whose thing is approved names it once, when it is imported; `approval.verdict` says what was decided, None
    that the request was taken back. What it raises undoes the decision.
    """
    _FOLLOWERS[kind] = follower


def ask_approval(
    session: Session, case: Case, kind: ApprovalKind, *, asked: Mapping[str, Any], subject_id: int | None = None,
    actor: Identity, now: datetime,
) -> Approval:  # fmt: skip
    """Ask the supervisors of the case's centre; they are told.

    Args:
        asked: what is to be approved as it stands now: `lines` is shown as [[label, text], …], the rest is the asker's.
        subject_id: the key of the thing, where it is not the case itself.

    Raises:
        RuleBroken: a request of this kind waits already.
    """
    hold(session, case)
    if queries.waiting_of(session, case.id, kind) is not None:
        raise RuleBroken("ASKED_ALREADY", f"이 사례의 {kind.label} 결재를 이미 올렸습니다.")
    row = Approval(
        case=case, centre_id=case.centre_id, kind=kind, subject_id=subject_id, asked=dict(asked),
        asked_by_id=actor.account_id, asked_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    text = f"{actor.name} {actor.role.label}: {case.household.number} {kind.label} 결재를 올렸습니다."
    raise_alert(
        session, AlertKind.APPROVAL_ASKED, subject=_subject(row), recipient_ids=_supervisor_ids(session, case.centre_id),
        text=text, household_id=case.household_id, now=now,
    )  # fmt: skip
    written(session, case, f"결재 요청 {kind.value}", actor=actor, now=now)
    return row


def withdraw_approval(session: Session, row: Approval, *, actor: Identity, now: datetime) -> Approval:
    """Take a request back before it was decided.

    Raises:
        StaleRecord: it was decided or taken back in the meantime.
    """
    _hold(session, row)
    row.decided_at, row.decided_by_id, row.words = now, actor.account_id, "요청을 거두어들임"
    _follow(session, row, actor=actor, now=now)
    written(session, row.case, f"결재 취소 {row.kind.value}", actor=actor, now=now)
    return row


def decide_approval(
    session: Session, row: Approval, verdict: Verdict, *, words: str = "", actor: Identity, now: datetime
) -> Approval:
    """Approve what was asked, or send it back with words; what follows is done at once, and the asker is told.

    A supervisor who works cases may decide about an own request: many centres have one supervisor, and the row says so.

    Raises:
        StaleRecord: somebody else decided first, or the request was taken back.
        RuleBroken: sent back without words, or what follows is refused.
    """
    _hold(session, row)
    if verdict is Verdict.SENT_BACK and not words.strip():
        raise RuleBroken("WORDS_NEEDED", "무엇을 고쳐야 하는지 적어 주세요.", field="words")
    row.verdict, row.words = verdict, words.strip()
    row.decided_at, row.decided_by_id = now, actor.account_id
    _follow(session, row, actor=actor, now=now)
    if row.asked_by_id != actor.account_id:
        raise_alert(
            session, AlertKind.APPROVAL_DECIDED, subject=_subject(row), recipient_ids=[row.asked_by_id],
            text=f"{row.case.household.number} {row.kind.label} 결재: {verdict.label}.", household_id=row.case.household_id,
            now=now,
        )  # fmt: skip
    written(session, row.case, f"결재 {row.kind.value} {verdict.value}", actor=actor, now=now)
    return row


def _hold(session: Session, row: Approval) -> None:
    session.flush()
    session.refresh(row, with_for_update={"of": Approval})
    if row.decided_at is not None:
        raise StaleRecord("그사이 결재가 끝났거나 거두어들인 요청입니다. 바뀐 내용을 확인해 주세요.")


def _follow(session: Session, row: Approval, *, actor: Identity, now: datetime) -> None:
    session.flush()
    settle(session, AlertKind.APPROVAL_ASKED, [_subject(row)], now=now)
    follower = _FOLLOWERS.get(row.kind)
    if follower is not None:
        follower(session, row, actor, now)


def _subject(row: Approval) -> str:
    return f"approval:{row.id}"


def _supervisor_ids(session: Session, centre_id: int) -> list[int]:
    statement = select(Account.id).where(
        Account.centre_id == centre_id, Account.role == Role.SUPERVISOR, Account.disabled_at.is_(None)
    )
    return list(session.scalars(statement))
