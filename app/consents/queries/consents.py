"""The consents of a household, and whether one of them covers something."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.access.identity import Identity
from app.consents.models import Consent
from app.consents.rules import ConsentFacts, ConsentKind, Need
from app.core.errors import NotFound
from app.core.keys import LARGEST_KEY
from app.households.models import Household
from app.households.queries import visible_to
from app.households.rules import HealthGround


def get_consent(session: Session, who: Identity, consent_id: int) -> Consent:
    """One consent of a visible household, or NotFound."""
    if consent_id > LARGEST_KEY:
        raise NotFound
    statement = select(Consent).join(Household, Household.id == Consent.household_id)
    row = session.scalars(statement.where(Consent.id == consent_id, visible_to(who))).first()
    if row is None:
        raise NotFound
    return row


def list_of_household(session: Session, household_id: int) -> Sequence[Consent]:
    """Every consent of a household, the newest first. Its page has asked whether it may be seen."""
    statement = (
        select(Consent)
        .where(Consent.household_id == household_id)
        .options(joinedload(Consent.member), joinedload(Consent.by), joinedload(Consent.text))
    )
    return session.scalars(statement.order_by(Consent.given_on.desc(), Consent.id.desc())).all()


def facts_of(session: Session, household_id: int) -> list[ConsentFacts]:
    """What the consents of a household cover."""
    return [row.facts for row in session.scalars(select(Consent).where(Consent.household_id == household_id))]


def is_health_unconsented(session: Session, household: Household, *, on: date) -> bool:
    """Whether health is shared by consent at a household where nobody's consent about health stands."""
    if household.health_ground != HealthGround.CONSENT:
        return False
    kept = facts_of(session, household.id)
    return not any(each.kind is ConsentKind.SENSITIVE and each.holds(on) for each in kept)


def consent_line(session: Session, household_id: int, *, today: date) -> str:
    """«3건 · 기한 지남 1건», how a household's consents stand in a few words; empty when there is none."""
    kept = facts_of(session, household_id)
    holding = [each for each in kept if each.holds(today)]
    needs = {Need(each.member_id, each.kind, each.receiver) for each in kept if each.withdrawn_on is None}
    lacking = sum(1 for need in needs if not any(each.is_about(need) for each in holding))
    parts = (f"{len(holding)}건" if kept else "", f"기한 지남·서명 전 {lacking}건" if lacking else "")
    return " · ".join(part for part in parts if part)
