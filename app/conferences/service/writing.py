"""What every verb of a conference does: hold it against others, refuse what is confirmed, write the log."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit import service as audit
from app.audit.rules import Action
from app.conferences.models import Conference
from app.core.clock import korean_date
from app.core.errors import RuleBroken, StaleRecord

LONGEST_AHEAD = timedelta(days=366)
LONGEST_AGO = timedelta(days=3 * 366)


def hold(session: Session, conference: Conference, *, version: int | None = None) -> None:
    """Whoever writes the same minutes at the same moment waits; confirmed ones never change.

    Raises:
        RuleBroken: the minutes are confirmed.
        StaleRecord: somebody changed them since `version`.
    """
    session.flush()
    session.refresh(conference, with_for_update={"of": Conference})
    session.expire(conference, ["agenda"])  # somebody may have put a case on it while we waited
    if conference.confirmed_at is not None:
        raise RuleBroken("CONFIRMED", "확정한 회의록은 바꾸지 않습니다. 바로잡을 것은 덧붙이는 글로 적습니다.")
    if version is not None and conference.version != version:
        raise StaleRecord("다른 사람이 먼저 이 회의록을 고쳤습니다. 바뀐 내용을 보고 다시 해 주세요.")


def refuse_day(on: date, *, now: datetime) -> None:
    """Refuse a day nobody would hold or write up a conference on. Raises RuleBroken at `held_on`."""
    today = korean_date(now)
    if not today - LONGEST_AGO <= on <= today + LONGEST_AHEAD:
        raise RuleBroken("DISTANT_DAY", f"{on.year}년이 맞습니까?", field="held_on")


def written(session: Session, conference: Conference, what: str, *, actor: Identity, now: datetime) -> None:
    """Count the change and tell the access log; call it last."""
    conference.version = (conference.version or 0) + 1
    session.flush()
    subject = f"conference:{conference.id}"
    audit.record(session, Action.CONFERENCE, subject=subject, detail=what, actor=actor, now=now)
