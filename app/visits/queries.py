"""Read visits, drafts and vitals, within the scope of who asks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.access.identity import Identity
from app.core.errors import NotFound
from app.households.models import Household
from app.households.queries import visible_to
from app.visits.models import JudgementVersion, Visit, VisitDraft, VisitMember, VitalReading
from app.visits.rules import Judgements, LastValues, Reading, VitalKind, find_in_force, load_judgements

REMEMBERED_KINDS = (VitalKind.WEIGHT, VitalKind.HEIGHT)
"""Kinds whose last value asks back about a large change."""


def get_visit(session: Session, who: Identity, visit_id: UUID) -> Visit:
    """One visit of a visible household with everything on it, or NotFound."""
    statement = _whole().join(Household).where(Visit.id == visit_id, visible_to(who))
    visit: Visit | None = session.scalars(statement).unique().one_or_none()
    if visit is None:
        raise NotFound
    return visit


def list_visits(session: Session, household_id: int, *, limit: int = 30, before: date | None = None) -> Sequence[Visit]:
    """A household's visits with members, readings and corrections, newest first; a constant number of statements."""
    statement = (
        _whole().where(Visit.household_id == household_id).order_by(Visit.began_at.desc(), Visit.id).limit(limit)
    )
    if before is not None:
        statement = statement.where(Visit.occurred_on < before)
    return session.scalars(statement).unique().all()


def count_visits(session: Session, household_id: int) -> int:
    """How many records a household has, absences included."""
    return session.scalar(select(func.count()).where(Visit.household_id == household_id)) or 0


def _whole() -> Select[Any]:
    return select(Visit).options(
        joinedload(Visit.by),
        joinedload(Visit.household),
        selectinload(Visit.attendances).joinedload(VisitMember.member),
        selectinload(Visit.readings).joinedload(VitalReading.member),
        selectinload(Visit.corrections),
    )


def as_reading(row: VitalReading) -> Reading:
    """A stored measurement as the rules read it."""
    return Reading(
        kind=row.kind,
        member_id=row.member_id,
        value=row.value,
        systolic=row.systolic,
        diastolic=row.diastolic,
        arm=row.arm,
        position=row.position,
        context=row.context,
        flag=row.flag,
        not_measured=row.not_measured,
        measured_at=row.measured_at,
    )


def list_readings(
    session: Session, member_ids: Collection[int], *, since: date | None = None
) -> Sequence[VitalReading]:
    """Measurements of these people in the order they were taken."""
    statement = select(VitalReading).join(Visit).where(VitalReading.member_id.in_(member_ids))
    if since is not None:
        statement = statement.where(Visit.occurred_on >= since)
    return session.scalars(statement.order_by(VitalReading.measured_at, VitalReading.id)).all()


def last_readings(session: Session, member_ids: Iterable[int]) -> dict[tuple[int, VitalKind], VitalReading]:
    """The newest measurement of each kind of each person, however late it was typed: «지난번» beside the field."""
    measured = VitalReading.measured_at.desc(), VitalReading.id.desc()
    place = func.row_number().over(partition_by=(VitalReading.member_id, VitalReading.kind), order_by=measured)
    ranked = (
        select(VitalReading.id, place.label("place"))
        .where(VitalReading.member_id.in_(list(member_ids)), VitalReading.not_measured.is_(None))
        .subquery()
    )
    newest = select(ranked.c.id).where(ranked.c.place == 1)
    rows = session.scalars(select(VitalReading).where(VitalReading.id.in_(newest)))
    return {(row.member_id, row.kind): row for row in rows}


def last_values(session: Session, member_ids: Iterable[int]) -> LastValues:
    """Each person's last weight (kg) and height (cm)."""
    found: dict[tuple[int, VitalKind], Decimal] = {
        key: row.value
        for key, row in last_readings(session, member_ids).items()
        if key[1] in REMEMBERED_KINDS and row.value is not None
    }
    return found


def judgements_in_force(session: Session, on: date) -> Judgements:
    """The table that judges vitals on a day, or NotFound when none is loaded."""
    rows = session.execute(select(JudgementVersion.id, JudgementVersion.version)).all()
    table = find_in_force([_judgements(session, *row) for row in rows], on)
    if table is None:
        raise NotFound
    return table


_tables: dict[str, Judgements] = {}


def _judgements(session: Session, row_id: int, version: str) -> Judgements:
    """A version never changes once stored, so it is read into shape once in a process."""
    if version not in _tables:
        _tables[version] = load_judgements(session.get_one(JudgementVersion, row_id).document)
    return _tables[version]


def find_draft(session: Session, who: Identity, draft_id: UUID) -> VisitDraft | None:
    """One's own draft by its id; somebody else's does not exist."""
    statement = select(VisitDraft).where(VisitDraft.id == draft_id, VisitDraft.account_id == who.account_id)
    return session.scalars(statement).one_or_none()


def find_open_draft(session: Session, who: Identity, household_id: int, form: str) -> VisitDraft | None:
    """What this person began to write about a household and has not submitted, the newest."""
    statement = select(VisitDraft).where(
        VisitDraft.account_id == who.account_id, VisitDraft.household_id == household_id, VisitDraft.form == form
    )
    return session.scalars(statement.order_by(VisitDraft.saved_at.desc()).limit(1)).first()


def list_drafts(session: Session, who: Identity) -> Sequence[VisitDraft]:
    """One's own drafts of visible households, the newest first."""
    statement = (
        select(VisitDraft)
        .join(Household)
        .where(VisitDraft.account_id == who.account_id, visible_to(who))
        .options(joinedload(VisitDraft.household))
    )
    return session.scalars(statement.order_by(VisitDraft.saved_at.desc())).all()
