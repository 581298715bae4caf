"""Consents that run out or have just run out, and that nothing newer covers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from app.access.identity import Identity
from app.accounts.models import Centre
from app.consents.models import Consent
from app.consents.rules import SOON, ConsentFacts, Need, covering
from app.households.models import Household, Member
from app.households.queries import visible_to

LOOKS_BACK = timedelta(days=60)
"""So long a consent that ran out is still asked for; later it is history."""
MOST_LISTED = 300
AT_ONCE = 500
"""So many households are asked for in one statement."""


@dataclass(frozen=True, slots=True)
class ExpiringFilter:
    """Which consents are wanted: that run out within so many days, of a centre, of somebody's households."""

    days: int
    centre_id: int | None = None
    worker_id: int | None = None


@dataclass(frozen=True, slots=True)
class Expiring:
    """One consent with the days it has left; below 0 it has run out."""

    consent: Consent
    days_left: int


def list_expiring(session: Session, who: Identity, wanted: ExpiringFilter, *, today: date) -> list[Expiring]:
    """Consents of open households that run out and are not renewed, the first to run out first. Scoped to who asks."""
    statement = _ending(wanted.days, today).where(visible_to(who)).limit(MOST_LISTED)
    if wanted.centre_id is not None:
        statement = statement.where(Household.centre_id == wanted.centre_id)
    if wanted.worker_id is not None:
        statement = statement.where(Household.worker_id == wanted.worker_id)
    return _unrenewed(session, statement, today)


def list_ending(session: Session, district_id: int, *, today: date) -> list[Expiring]:
    """The same of a whole 시군구 within thirty days, for the timetable, which tells each to whoever is responsible."""
    centres = select(Centre.id).where(Centre.district_id == district_id)
    return _unrenewed(session, _ending(SOON[0], today).where(Household.centre_id.in_(centres)), today)


def _ending(days: int, today: date) -> Select[Consent]:
    """Of people who still live there: nobody else can be asked again."""
    return (
        select(Consent)
        .join(Household, Household.id == Consent.household_id)
        .join(Member, Member.id == Consent.member_id)
        .where(
            Household.closed_on.is_(None), Member.left_on.is_(None), Consent.withdrawn_on.is_(None),
            Consent.valid_until.between(today - LOOKS_BACK, today + timedelta(days=days)),
        )
        .options(joinedload(Consent.household), joinedload(Consent.member))
        .order_by(Consent.valid_until, Consent.id)
    )  # fmt: skip


def _unrenewed(session: Session, statement: Select[Consent], today: date) -> list[Expiring]:
    rows = session.scalars(statement).all()
    kept = _facts(session, {row.household_id for row in rows})
    return [
        Expiring(row, (row.valid_until - today).days)
        for row in rows
        if row.valid_until is not None and not is_renewed(row, kept[row.household_id], today)
    ]


def _facts(session: Session, household_ids: Collection[int]) -> dict[int, list[ConsentFacts]]:
    found: dict[int, list[ConsentFacts]] = defaultdict(list)
    ordered = sorted(household_ids)
    for start in range(0, len(ordered), AT_ONCE):
        some = ordered[start : start + AT_ONCE]
        for row in session.scalars(select(Consent).where(Consent.household_id.in_(some))):
            found[row.household_id].append(row.facts)
    return found


def is_renewed(row: Consent, kept: Sequence[ConsentFacts], today: date) -> bool:
    """Whether another consent goes on where this one ends."""
    if row.valid_until is None:
        return True
    need = Need(row.member_id, row.kind, row.to_whom)
    return covering(need, kept, on=max(today, row.valid_until + timedelta(days=1))) is not None
