"""덧붙이는 글: what is put right after minutes were confirmed, beside them and never in them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit import service as audit
from app.audit.rules import Action
from app.conferences.models import Conference
from app.core.errors import RuleBroken


def add_addendum(session: Session, conference: Conference, text: str, *, actor: Identity, now: datetime) -> Conference:
    """Add words to confirmed minutes with who wrote them and when; what was confirmed stays as it is.

    Raises RuleBroken: no words, or the minutes are not confirmed and can be written themselves.
    """
    session.flush()
    session.refresh(conference, with_for_update={"of": Conference})
    if conference.confirmed_at is None:
        raise RuleBroken("NOT_CONFIRMED", "아직 확정하지 않은 회의록은 회의록에서 바로 고칩니다.")
    if not text.strip():
        raise RuleBroken("NO_WORDS", "무엇을 바로잡는지 적어 주세요.", field="text")
    row = {"at": now.isoformat(), "by": f"{actor.name} {actor.role.label}", "text": text.strip()}
    conference.addenda = [*conference.addenda, row]
    session.flush()
    subject = f"conference:{conference.id}"
    audit.record(session, Action.CONFERENCE, subject=subject, detail="덧붙임", actor=actor, now=now)
    return conference
