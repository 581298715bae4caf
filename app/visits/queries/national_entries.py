"""Which records were typed into the national systems, and which are still to be."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from app.access.identity import Identity
from app.households.models import Household
from app.households.queries import visible_to
from app.visits.models import NationalEntry, Visit
from app.visits.rules import NationalSystem, VisitState
from app.visits.rules.national import EntryState, NationalForm, state_of


class Standing(NamedTuple):
    """How one record stands to one system, with the newest mark."""

    state: EntryState
    entry: NationalEntry | None


def list_entries(session: Session, visit_ids: Collection[UUID]) -> dict[tuple[UUID, NationalSystem], NationalEntry]:
    """The newest mark of each record for each system."""
    statement = select(NationalEntry).where(NationalEntry.visit_id.in_(visit_ids))
    rows = session.scalars(statement.options(joinedload(NationalEntry.by)).order_by(NationalEntry.visit_version))
    return {(row.visit_id, row.system): row for row in rows}


def standing_of(session: Session, visit: Visit, systems: Iterable[NationalSystem]) -> dict[NationalSystem, Standing]:
    """How a record stands to each of these systems."""
    entries = list_entries(session, [visit.id])
    found = {system: entries.get((visit.id, system)) for system in systems}
    return {
        system: Standing(state_of(entry.visit_version if entry else None, visit.version), entry)
        for system, entry in found.items()
    }


def list_unentered(
    session: Session,
    who: Identity,
    form: NationalForm,
    *,
    today: date,
    people: Collection[int] | None = None,
    most: int = 100,
) -> Sequence[Visit]:
    """Records of one's scope still to be typed into the form's system, oldest first; of these accounts where given."""
    statement = select(Visit).join(Household).where(*_open(who, form, today, people))
    loaded = statement.options(joinedload(Visit.by), joinedload(Visit.household))
    return session.scalars(loaded.order_by(Visit.began_at, Visit.id).limit(most)).all()


def count_unentered(
    session: Session,
    who: Identity,
    forms: Iterable[NationalForm],
    *,
    today: date,
    people: Collection[int] | None = None,
) -> int:
    """How many times something is still to be typed: a record that belongs into two systems counts twice."""
    return sum(session.scalar(_counted(who, form, today, people)) or 0 for form in forms)


def _counted(who: Identity, form: NationalForm, today: date, people: Collection[int] | None) -> Select[Any]:
    return select(func.count(Visit.id)).join(Household).where(*_open(who, form, today, people))


def _open(
    who: Identity, form: NationalForm, today: date, people: Collection[int] | None
) -> tuple[ColumnElement[bool], ...]:
    typed = exists().where(
        NationalEntry.visit_id == Visit.id,
        NationalEntry.system == form.system,
        NationalEntry.visit_version >= Visit.version,
    )
    own = () if people is None else (or_(Visit.by_id.in_(people), Visit.second_by_id.in_(people)),)
    return (
        visible_to(who),
        Visit.state == VisitState.SUBMITTED,
        Visit.voided_at.is_(None),
        Visit.occurred_on >= today - timedelta(days=form.look_back_days),
        Visit.purpose.in_(form.purposes),
        Visit.mode.in_(form.modes),
        ~typed,
        *own,
    )
