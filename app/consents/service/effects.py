"""What follows at once from a consent that was given, signed or withdrawn."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.alerts.rules import AlertKind
from app.alerts.service import settle
from app.consents.models import Consent
from app.consents.queries.expiring import is_renewed
from app.consents.rules import Need
from app.consents.rules.reminding import subjects_of
from app.core.clock import korean_date


def take_effect(session: Session, consent: Consent, *, now: datetime) -> None:
    """After a consent was given, signed or withdrawn: it counts or ends at once for health, and nobody need go on asking
    for those that it ends or renews."""
    session.expire(consent.household, ["health_consents"])  # what it opens or closes does so from here on
    need = Need(consent.member_id, consent.kind, consent.to_whom)
    rows = session.scalars(select(Consent).where(Consent.household_id == consent.household_id)).all()
    kept, today = [row.facts for row in rows], korean_date(now)
    over = [
        row for row in rows
        if row.facts.is_about(need) and (row.withdrawn_on is not None or is_renewed(row, kept, today))
    ]  # fmt: skip
    subjects = [subject for row in over for subject in subjects_of(row.id)]
    if subjects:
        settle(session, AlertKind.CONSENT_ENDING, subjects, now=now)
