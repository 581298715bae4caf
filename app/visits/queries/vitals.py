"""Read measurements, and the table that judges them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.database import fetch
from app.core.errors import NotFound
from app.visits.models import JudgementVersion, Visit, VitalReading
from app.visits.queries.records import HAPPENED, ReadingRecord
from app.visits.rules import Judgements, LastValues, Reading, VitalKind, find_in_force, load_judgements

REMEMBERED_KINDS = (VitalKind.WEIGHT, VitalKind.HEIGHT)
"""Kinds whose last value asks back about a large change."""


def as_reading(row: VitalReading | ReadingRecord) -> Reading:
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


def last_readings(
    session: Session, member_ids: Iterable[int], *, until: date = date.max
) -> dict[tuple[int, VitalKind], VitalReading]:
    """The newest measurement of each kind of each person, `until` a day, however late it was typed: «지난번» beside the field."""
    measured = VitalReading.measured_at.desc(), VitalReading.id.desc()
    place = func.row_number().over(partition_by=(VitalReading.member_id, VitalReading.kind), order_by=measured)
    ranked = (
        select(VitalReading.id, place.label("place"))
        .join(Visit, Visit.id == VitalReading.visit_id)
        .where(
            VitalReading.member_id.in_(list(member_ids)),
            VitalReading.not_measured.is_(None),
            *HAPPENED,
            Visit.occurred_on <= until,
        )
        .subquery()
    )
    newest = select(ranked.c.id).where(ranked.c.place == 1)
    rows = session.scalars(select(VitalReading).where(VitalReading.id.in_(newest)))
    return {(row.member_id, row.kind): row for row in rows}


def last_values(session: Session, member_ids: Iterable[int], *, until: date = date.max) -> LastValues:
    """Each person's last weight (kg) and height (cm), `until` a day."""
    found: dict[tuple[int, VitalKind], Decimal] = {
        key: row.value
        for key, row in last_readings(session, member_ids, until=until).items()
        if key[1] in REMEMBERED_KINDS and row.value is not None
    }
    return found


_VERSIONS = select(JudgementVersion.id, JudgementVersion.version)


def judgements_in_force(session: Session, on: date) -> Judgements:
    """The table that judges vitals on a day, or NotFound when none is loaded."""
    rows = fetch(session, _VERSIONS, {})
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
