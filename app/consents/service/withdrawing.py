"""Write down that somebody took their consent back."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit import service as audit
from app.audit.rules import Action
from app.consents.models import Consent
from app.consents.service.effects import take_effect
from app.core.clock import korean_date
from app.core.errors import RuleBroken


def withdraw_consent(
    session: Session, consent: Consent, *, on: date, because: str, actor: Identity, now: datetime
) -> None:
    """End a consent on a day: on that day it covers nothing any more. Withdrawn already, it changes nothing.

    Raises:
        RuleBroken: no reason, a day to come or before it was given.
    """
    session.refresh(consent, with_for_update=True)
    if consent.withdrawn_on is not None:
        return
    if not because.strip():
        raise RuleBroken("REASON_NEEDED", "누가 어떻게 거두었는지 적어 주세요.", field="because")
    if not consent.given_on <= on <= korean_date(now):
        raise RuleBroken("WRONG_DAY", "동의한 날부터 오늘 사이의 날을 적어 주세요.", field="withdrawn_on")
    consent.withdrawn_on, consent.withdrawn_because = on, because.strip()
    consent.withdrawn_by_id = actor.account_id
    session.flush()
    take_effect(session, consent, now=now)
    audit.record(
        session, Action.CONSENT, subject=f"consent:{consent.id}", household_id=consent.household_id, detail="거둠",
        actor=actor, now=now,
    )  # fmt: skip
