"""Read visits: one as the mapped row it is, a household's as records of what lists and papers show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from app.access.identity import Identity
from app.accounts.models import Account
from app.core.database import fetch
from app.core.errors import NotFound
from app.follow_ups.rules import ContactMode, Purpose
from app.households.models import Household, Member
from app.households.queries import Named, visible_to
from app.visits.models import Visit, VisitMember, VisitVersion, VitalReading
from app.visits.rules import Arm, GlucoseContext, MeterFlag, NotMeasured, Position, VisitState, VitalKind


class Seen(NamedTuple):
    """A member who was seen on a visit."""

    member_id: int
    member: Named


class ReadingRecord(NamedTuple):
    """One measurement; the fields of `VitalReading` by their names."""

    member_id: int
    kind: VitalKind
    value: Decimal | None
    systolic: Decimal | None
    diastolic: Decimal | None
    arm: Arm | None
    position: Position | None
    context: GlucoseContext | None
    flag: MeterFlag | None
    not_measured: NotMeasured | None
    judgement_label: str
    judgement_tone: str
    measured_at: datetime
    member: Named


class VisitRecord(NamedTuple):
    """One visit as lists and papers show it; the fields of `Visit` by their names."""

    id: UUID
    state: VisitState
    mode: ContactMode
    purpose: Purpose
    occurred_on: date
    began_at: datetime
    ended_at: datetime | None
    typed_at: datetime
    welfare_note: str
    nursing_note: str
    shared_line: str
    tried: list[str]
    notice_left: bool
    neighbour_asked: str
    absence_note: str
    promised_on: date | None
    promise_note: str
    cancelled_because: str
    voided_at: datetime | None
    voided_because: str
    by: Named
    attendances: Sequence[Seen]
    readings: Sequence[ReadingRecord]
    corrections: Sequence[int]
    """Numbers of the versions that stood before."""
    second_by: Named | None
    """Joint visit: the colleague who wrote the other note."""


def get_visit(session: Session, who: Identity, visit_id: UUID) -> Visit:
    """One visit of a visible household with everything on it, or NotFound."""
    statement = _whole().join(Household).where(Visit.id == visit_id, visible_to(who))
    visit: Visit | None = session.scalars(statement).unique().one_or_none()
    if visit is None:
        raise NotFound
    return visit


def _whole() -> Select[Any]:
    return select(Visit).options(
        joinedload(Visit.by),
        joinedload(Visit.household),
        selectinload(Visit.attendances).joinedload(VisitMember.member),
        selectinload(Visit.readings).joinedload(VitalReading.member),
        selectinload(Visit.versions),
        joinedload(Visit.second_by),
        joinedload(Visit.voided_by),
    )


_OWN = VisitRecord._fields.index("by")
_IS_CORRECTION = VisitVersion.before["act"].as_string().is_(None)
_CORRECTIONS = select(func.count()).where(VisitVersion.visit_id == Visit.id, _IS_CORRECTION).scalar_subquery()
_SECOND = aliased(Account)
_EVERY_VISIT: Any = (
    select(*(getattr(Visit, name) for name in VisitRecord._fields[:_OWN]), _SECOND.name, Account.name, _CORRECTIONS)
    .join(Account, Account.id == Visit.by_id)
    .outerjoin(_SECOND, _SECOND.id == Visit.second_by_id)
    .where(Visit.household_id == bindparam("of_household"), Visit.occurred_on < bindparam("before"))
    .order_by(Visit.began_at.desc(), Visit.id)
    .limit(bindparam("most"))
)
HAPPENED = (Visit.voided_at.is_(None), Visit.state != VisitState.CANCELLED)
"""Records that say something that happened: not those taken back, not those of visits that did not take place."""
_VISITS: Any = _EVERY_VISIT.where(*HAPPENED)
_SEEN: Any = (
    select(VisitMember.visit_id, VisitMember.member_id, Member.name)
    .join(Member, Member.id == VisitMember.member_id)
    .where(VisitMember.visit_id.in_(bindparam("visit_ids", expanding=True)))
    .order_by(VisitMember.member_id)
)
_READINGS: Any = (
    select(VitalReading.visit_id, *(getattr(VitalReading, name) for name in ReadingRecord._fields[:-1]), Member.name)
    .join(Member, Member.id == VitalReading.member_id)
    .where(VitalReading.visit_id.in_(bindparam("visit_ids", expanding=True)))
    .order_by(VitalReading.id)
)


def list_visits(
    session: Session, household_id: int, *, limit: int = 30, before: date = date.max, every: bool = False
) -> list[VisitRecord]:
    """A household's visits with members, readings and corrections, newest first, in three statements.

    Args:
        every: also records that were taken back (무효) and visits that did not take place (취소); whoever asks for
            them must show what they are.
    """
    wanted = {"of_household": household_id, "before": before, "most": limit}
    rows = fetch(session, _EVERY_VISIT if every else _VISITS, wanted)
    ids = {"visit_ids": [row.id for row in rows]}
    seen: dict[UUID, list[Seen]] = defaultdict(list)
    for visit_id, member_id, name in fetch(session, _SEEN, ids) if rows else ():
        seen[visit_id].append(Seen(member_id, Named(name)))
    readings: dict[UUID, list[ReadingRecord]] = defaultdict(list)
    for visit_id, *values, name in fetch(session, _READINGS, ids) if rows else ():
        readings[visit_id].append(ReadingRecord._make((*values, Named(name))))
    return [
        VisitRecord._make(
            (*row[:_OWN], Named(row[-2]), seen[row.id], readings[row.id], range(1, row[-1] + 1), _named(row[-3]))
        )
        for row in rows
    ]


def _named(name: str | None) -> Named | None:
    return None if name is None else Named(name)


_NOTES_OF: Any = (
    select(Visit.occurred_on, Visit.nursing_note, Visit.welfare_note)
    .where(
        Visit.household_id == bindparam("of_household"),
        Visit.by_id == bindparam("of_writer"),
        Visit.id != bindparam("besides"),
        Visit.voided_at.is_(None),
    )
    .order_by(Visit.began_at.desc(), Visit.id)
    .limit(3)
)


def list_notes_of(session: Session, household_id: int, writer_id: int, *, besides: UUID) -> list[tuple[date, str, str]]:
    """Day, nursing note and welfare note of somebody's last three records about a household, newest first."""
    wanted = {"of_household": household_id, "of_writer": writer_id, "besides": besides}
    return [tuple(row) for row in fetch(session, _NOTES_OF, wanted)]
