"""Read incidents: one's own always, everybody's for those who may; and what is counted of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.core.clock import KOREA, korean_date
from app.core.errors import NotFound
from app.safety.models import Incident
from app.safety.rules import Happening, IncidentKind

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which incidents a list is to hold; days are Korean and both included."""

    first_on: date | None = None
    last_on: date | None = None
    kind: IncidentKind | None = None
    centre_id: int | None = None
    only_open: bool = False
    """Only those that are to be completed, or whose household's flags nobody has looked at again."""


def get_incident(session: Session, who: Identity, incident_id: UUID) -> Incident:
    """One incident that `who` may see, or NotFound."""
    found = session.get(Incident, incident_id)
    if found is None or not sees(who, found):
        raise NotFound
    return found


def sees(who: Identity, incident: Incident) -> bool:
    """Whether an incident is one's own, or of a centre whose incidents one may see."""
    is_own = who.account_id in (incident.account_id, incident.reported_by_id)
    return is_own or (can(who, Permission.SEE_INCIDENTS) and incident.centre_id in who.centre_ids)


def keeps(who: Identity, incident: Incident) -> bool:
    """Whether somebody may complete it: whoever reported it or to whom it happened, and the centre's supervisor."""
    is_own = who.account_id in (incident.account_id, incident.reported_by_id)
    return can(who, Permission.REPORT_INCIDENT) and (is_own or sees(who, incident))


def list_own_incidents(session: Session, who: Identity) -> Sequence[Incident]:
    """What happened to oneself or what one reported: what is to be completed first, then the newest first."""
    ordered = _shown(select(Incident).where(_own(who))).order_by(
        Incident.completed_at.is_not(None), Incident.occurred_at.desc(), Incident.id
    )
    return session.scalars(ordered.limit(MOST_SHOWN)).all()


def count_own_open(session: Session, who: Identity) -> int:
    """How many of one's own are to be completed."""
    counted = select(func.count()).select_from(Incident).where(_own(who), Incident.completed_at.is_(None))
    return session.scalar(counted) or 0


def _own(who: Identity) -> ColumnElement[bool]:
    return or_(Incident.account_id == who.account_id, Incident.reported_by_id == who.account_id)


def list_incidents(session: Session, who: Identity, wanted: Wanted) -> Sequence[Incident]:
    """The incidents of one's centres, newest first; one more than MOST_SHOWN when there are more."""
    if not can(who, Permission.SEE_INCIDENTS):
        return []
    statement = _shown(select(Incident)).where(*_tests(who, wanted))
    return session.scalars(statement.order_by(Incident.occurred_at.desc(), Incident.id).limit(MOST_SHOWN + 1)).all()


def list_of_household(session: Session, who: Identity, household_id: int) -> list[Incident]:
    """What happened at one household, as far as `who` may see it, newest first."""
    statement = _shown(select(Incident)).where(Incident.household_id == household_id)
    found = session.scalars(statement.order_by(Incident.occurred_at.desc(), Incident.id))
    return [incident for incident in found if sees(who, incident)]


def list_happenings(
    session: Session, who: Identity, *, first_on: date, last_on: date, centre_ids: Collection[int] | None = None
) -> list[Happening]:
    """Incidents of one's centres as they are counted, from one Korean day to another, both included."""
    scope = who.centre_ids if centre_ids is None else who.centre_ids & frozenset(centre_ids)
    statement = select(
        Incident.kind,
        Incident.occurred_at,
        Incident.centre_id,
        Incident.is_hurt,
        Incident.called,
        Incident.completed_at,
    ).where(Incident.centre_id.in_(scope), *_between(first_on, last_on))
    return [_happening(*row) for row in session.execute(statement)]


def _happening(
    kind: IncidentKind, at: datetime, centre_id: int, is_hurt: bool, called: list[str], completed: datetime | None
) -> Happening:
    return Happening(kind, korean_date(at), centre_id, is_hurt, tuple(called), completed is not None)


def _shown(statement: Select[Any]) -> Select[Any]:
    """With what every list of incidents shows."""
    return statement.options(joinedload(Incident.household), joinedload(Incident.account))


def _tests(who: Identity, wanted: Wanted) -> list[ColumnElement[bool]]:
    tests = [Incident.centre_id.in_(who.centre_ids), *_between(wanted.first_on, wanted.last_on)]
    if wanted.kind is not None:
        tests.append(Incident.kind == wanted.kind)
    if wanted.centre_id is not None:
        tests.append(Incident.centre_id == wanted.centre_id)
    if wanted.only_open:
        unseen = Incident.household_id.is_not(None) & Incident.flags_reviewed_at.is_(None)
        tests.append(Incident.completed_at.is_(None) | unseen)
    return tests


def _between(first_on: date | None, last_on: date | None) -> list[ColumnElement[bool]]:
    """From the midnight of Korea before one day to the midnight after another."""
    after = [Incident.occurred_at >= _midnight(first_on)] if first_on else []
    return [*after, *([Incident.occurred_at < _midnight(last_on + timedelta(days=1))] if last_on else [])]


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time(), KOREA)
