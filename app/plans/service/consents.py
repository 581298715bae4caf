"""Somebody takes a consent back on which referrals rest: it ends, and whoever wrote them hears of it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.alerts.rules import AlertKind
from app.alerts.service import raise_alert
from app.consents import service as consents
from app.consents.models import Consent
from app.plans import queries
from app.plans.models import Referral


def withdraw_consent(
    session: Session, consent: Consent, *, on: date, because: str, actor: Identity, now: datetime
) -> list[Referral]:
    """End a consent on a day and tell whoever wrote a referral that rests on it. Returns those referrals.

    Raises:
        RuleBroken: no reason, a day to come or before it was given.
    """
    resting = queries.resting_on(session, consent)
    for row in resting:
        told = {row.by_id, row.household.worker_id} - {actor.account_id, None}
        raise_alert(
            session, AlertKind.REFERRAL, subject=f"referral:{row.id}:consent:{consent.id}",
            recipient_ids=[each for each in told if each is not None], household_id=row.household_id,
            text=f"동의를 거두었습니다. 의뢰를 확인해 주세요: {row.receiver}", now=now,
        )  # fmt: skip
    consents.withdraw_consent(session, consent, on=on, because=because, actor=actor, now=now)
    return resting
