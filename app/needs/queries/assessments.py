"""Read what was found: the surveys of a household, its needs now, and how they changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, lazyload, selectinload

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.core.errors import NotFound
from app.households.models import Household
from app.households.queries import visible_to
from app.needs.models import NeedsAssessment
from app.needs.queries.counting import answered_of
from app.needs.queries.instruments import read
from app.needs.rules import Comparison, NeedLevel, compare


@dataclass(frozen=True, slots=True)
class Need:
    """One item as the latest survey found it."""

    code: str
    label: str
    domain: str
    """The label of its domain."""
    level: NeedLevel
    is_grave: bool
    note: str = ""


def get_assessment(session: Session, who: Identity, assessment_id: UUID) -> NeedsAssessment:
    """One survey of a visible household, taken back or not; or NotFound."""
    statement = (
        select(NeedsAssessment)
        .join(Household, Household.id == NeedsAssessment.household_id)
        .where(NeedsAssessment.id == assessment_id, visible_to(who))
        .options(selectinload(NeedsAssessment.found), joinedload(NeedsAssessment.form))
    )
    row = session.scalars(statement).first()
    if row is None:
        raise NotFound
    return row


def list_assessments(session: Session, household_id: int, *, with_voided: bool = False) -> Sequence[NeedsAssessment]:
    """The surveys of a household, the newest first. Its own page has asked whether it may be seen."""
    statement = (
        select(NeedsAssessment)
        .where(NeedsAssessment.household_id == household_id)
        .options(
            selectinload(NeedsAssessment.found), joinedload(NeedsAssessment.form),
            joinedload(NeedsAssessment.by).lazyload("*"),
        )
        .order_by(NeedsAssessment.assessed_on.desc(), NeedsAssessment.at.desc())
    )  # fmt: skip
    if not with_voided:
        statement = statement.where(NeedsAssessment.voided_at.is_(None))
    return session.scalars(statement).all()


def latest_assessment(session: Session, household_id: int) -> NeedsAssessment | None:
    """The newest survey that stands; None when there is none."""
    statement = (
        select(NeedsAssessment)
        .where(NeedsAssessment.household_id == household_id, NeedsAssessment.voided_at.is_(None))
        .options(
            selectinload(NeedsAssessment.found), joinedload(NeedsAssessment.form), lazyload(NeedsAssessment.household),
            lazyload(NeedsAssessment.by),
        )
        .order_by(NeedsAssessment.assessed_on.desc(), NeedsAssessment.at.desc())
        .limit(1)
    )  # fmt: skip
    return session.scalars(statement).first()


def first_and_latest(
    session: Session, household_id: int, *, until: date | None = None
) -> tuple[NeedsAssessment, NeedsAssessment] | None:
    """The first survey that stands and the newest one, up to a day; twice the same where there is one; None of none."""
    rows = [row for row in list_assessments(session, household_id) if until is None or row.assessed_on <= until]
    return (rows[-1], rows[0]) if rows else None


def comparison(session: Session, household_id: int, *, until: date | None = None, who: Identity) -> Comparison | None:
    """Every domain at the first survey and at the latest, health where `who` reads it; None when nobody asked yet."""
    pair = first_and_latest(session, household_id, until=until)
    return compare_rows(*pair, with_health=all(reads_health(row, who) for row in pair)) if pair else None


def compare_rows(first: NeedsAssessment, latest: NeedsAssessment, *, with_health: bool = True) -> Comparison:
    """Two surveys of one household beside each other; the same twice is a comparison with nothing."""
    before = None if first.id == latest.id else answered_of(first, with_health=with_health)
    return compare(before, answered_of(latest, with_health=with_health))


def reads_health(row: NeedsAssessment, who: Identity) -> bool:
    """What a survey says of health is for those who read health, and for whoever asked."""
    return row.by_id == who.account_id or can(who, Permission.READ_NURSING_NOTE, row.household)


def needs_of(row: NeedsAssessment, *, with_health: bool = True) -> list[Need]:
    """Every answered item of a survey, in the order of its form, perhaps without those of health."""
    levels, form = {each.item: each for each in row.found}, read(row.form)
    return [
        Need(item.code, item.label, domain.label, levels[item.code].level, item.is_grave, levels[item.code].note)
        for domain in (form if with_health else form.without_health).domains
        for item in domain.items
        if item.code in levels
    ]


def latest_needs(session: Session, household_id: int, *, who: Identity | None = None) -> list[Need]:
    """Every item as the latest survey found it, the gravest level first; nothing when nobody asked yet.

    Args:
        who: leaves out what this person may not read of health; None is for rules, which show it to nobody.
    """
    row = latest_assessment(session, household_id)
    if row is None:
        return []
    found = needs_of(row, with_health=who is None or reads_health(row, who))
    return sorted(found, key=lambda need: -need.level.severity)


def needs_line(session: Session, household_id: int) -> str:
    """«2026-09-03 조사: 가족 내 안전 유지 긴급, 기초생활 해결 필요» for a household's page; "" when nobody asked yet.

    Needs of health are not named: whoever opens the household reads this.
    """
    row = latest_assessment(session, household_id)
    if row is None:
        return ""
    on, needs = row.assessed_on, sorted(needs_of(row, with_health=False), key=lambda need: -need.level.severity)
    found = [need for need in needs if need.level.is_needed]
    named = ", ".join(f"{need.label} {need.level.label}" for need in found[:NAMED])
    more = f" 외 {len(found) - NAMED}" if len(found) > NAMED else ""
    return f"{on.isoformat()} 조사: {named + more if found else '건강 외에 ‘필요’ 이상 없음'}"


NAMED = 3
"""So many needs fit on a line."""
