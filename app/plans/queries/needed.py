"""Which consents a referral rests on, which of them are missing, and which referrals rest on one."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from app.consents.models import Consent
from app.consents.queries import facts_of
from app.consents.rules import Missing, Need, what_is_missing
from app.plans.models import Referral
from app.plans.queries.referrals import referrals_of
from app.plans.rules import Asked, ReferralState, SharedFacts, needs_of

OPEN = frozenset({ReferralState.DRAFT, ReferralState.SENT})


def asked_of(row: Referral) -> Asked:
    """What a referral says, as the rules ask."""
    shares_health = SharedFacts.HEALTH.value in row.shared
    return Asked(row.ground, row.receiver, row.reason, row.asked_for, row.ground_note, shares_health, row.provider_id)


def people_of(row: Referral) -> list[int]:
    """Whom a referral is about: one person, or everybody of the household who is there."""
    if row.member_id is not None:
        return [row.member_id]
    return [member.id for member in row.household.members if member.is_present]


def needs_of_referral(row: Referral) -> list[Need]:
    """The consents a referral rests on."""
    return needs_of(asked_of(row), people_of(row))


def missing_of(session: Session, row: Referral, *, on: date) -> list[Missing]:
    """Which of the consents a referral rests on are not there on a day, each with its person, kind and receiver."""
    needs = needs_of_referral(row)
    return what_is_missing(needs, facts_of(session, row.household_id), on=on) if needs else []


def resting_on(session: Session, consent: Consent) -> list[Referral]:
    """Referrals of the household that are being written or wait for an answer and rest on a consent, the newest first."""
    return [
        row
        for row in referrals_of(session, consent.household_id)
        if row.state in OPEN and any(consent.facts.is_about(need) for need in needs_of_referral(row))
    ]
