"""Read planned visits: one as the mapped row it is, many as records of what calendars and papers show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, time
from functools import cache
from typing import Any, NamedTuple, cast
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, or_, select
from sqlalchemy.orm import Session, aliased

from app.access.identity import Identity
from app.access.permissions import Role
from app.accounts.models import Account, Cover
from app.core.database import fetch
from app.core.errors import NotFound
from app.follow_ups.rules import Profession, Purpose
from app.households.models import Household
from app.households.queries import Named, visible_to
from app.visits.models import PlannedVisit, Visit
from app.visits.rules import (
    TAKEN_BACK,
    Engagement,
    Leave,
    PlannedState,
    Slot,
    VisitState,
    serves,
    span_words,
)


class PlannedRecord(NamedTuple):
    """One planned visit as calendars show it; the fields of `PlannedVisit` by their names."""

    id: UUID
    household_id: int
    assignee_id: int
    companion_id: int | None
    planned_on: date
    planned_at: time | None
    minutes: int
    purpose: Purpose
    note: str
    state: PlannedState
    because: str
    visit_id: UUID | None
    version: int
    companion_name: str
    """Somebody without an account who goes along."""
    title: str
    """What the household is called."""
    number: str
    centre_id: int
    place: str
    """The building, as far as known."""
    visit_state: VisitState | None
    """Of the record that kept it."""
    assignee: Named
    companion: Named | None

    @property
    def is_standing(self) -> bool:
        return self.state is PlannedState.PLANNED

    @property
    def is_absent(self) -> bool:
        """Somebody went and nobody opened."""
        return self.visit_state is VisitState.ABSENT

    @property
    def span(self) -> str:
        """«10:00~10:30»."""
        return span_words(self.planned_at, self.minutes)

    @property
    def hour(self) -> str:
        """«10:00», or «시간 미정»."""
        return f"{self.planned_at:%H:%M}" if self.planned_at else "시간 미정"

    @property
    def slot(self) -> Slot:
        return Slot(
            self.planned_on, self.planned_at, self.assignee_id, self.companion_id, self.minutes, self.companion_name
        )

    @property
    def engagement(self) -> Engagement:
        """As the rules hold it against other hours."""
        return Engagement(self.id, self.household_id, self.slot, self.title, self.place)

    def serves(self, profession: Profession) -> bool:
        """Whether it is a visit that this profession's due waits for."""
        return serves(self.purpose, profession)


_ASSIGNEE, _COMPANION = aliased(Account), aliased(Account)
_OWN_FIELDS = PlannedRecord._fields[:14]
_NOT_TAKEN_BACK = or_(PlannedVisit.state != PlannedState.CANCELLED, PlannedVisit.because != TAKEN_BACK)


@cache
def _records() -> Select[Any]:
    columns: Any = select(
        *(getattr(PlannedVisit, name) for name in _OWN_FIELDS),
        Household.title, Household.number, Household.centre_id, Household.road_address, Household.lot_address,
        Visit.state.label("visit_state"), _ASSIGNEE.name.label("assignee"), _COMPANION.name.label("companion"),
    )  # fmt: skip
    statement = (
        columns.join(Household, Household.id == PlannedVisit.household_id)
        .join(_ASSIGNEE, _ASSIGNEE.id == PlannedVisit.assignee_id)
        .outerjoin(_COMPANION, _COMPANION.id == PlannedVisit.companion_id)
        .outerjoin(Visit, Visit.id == PlannedVisit.visit_id)
        .order_by(PlannedVisit.planned_on, PlannedVisit.planned_at, PlannedVisit.id)
    )
    return cast("Select[Any]", statement)


def _record(row: Row[Any]) -> PlannedRecord:
    values = tuple(row)
    own = values[: len(_OWN_FIELDS)]
    title, number, centre_id, road, lot, visit_state, assignee, companion = values[len(_OWN_FIELDS) :]
    with_whom = Named(companion) if companion else None
    return PlannedRecord._make((*own, title, number, centre_id, road or lot, visit_state, Named(assignee), with_whom))


def list_planned(
    session: Session, who: Identity, *, first_on: date, last_on: date, people: Collection[int] | None = None,
    centre_id: int | None = None,
) -> list[PlannedRecord]:  # fmt: skip
    """Planned visits of visible households from a day to a day, kept and cancelled ones too, by day and hour.

    Args:
        people: accounts who go or go along; None for everybody.
        centre_id: narrow to one centre of the scope.
    """
    scope = who.centre_ids if centre_id is None else who.centre_ids & {centre_id}
    statement = _records().where(
        Household.centre_id.in_(scope), PlannedVisit.planned_on.between(first_on, last_on), _NOT_TAKEN_BACK
    )
    if people is not None:
        statement = statement.where(or_(PlannedVisit.assignee_id.in_(people), PlannedVisit.companion_id.in_(people)))
    return _in_order(session, statement, {})


_STANDING_OF = _records().where(
    PlannedVisit.household_id.in_(bindparam("household_ids", expanding=True)),
    PlannedVisit.state == PlannedState.PLANNED,
    PlannedVisit.planned_on >= bindparam("first_on"),
)


def standing_plans(
    session: Session, household_ids: Collection[int], *, first_on: date
) -> dict[int, list[PlannedRecord]]:
    """Visits that are still to be made on or after a day, by household, the next one first."""
    found: dict[int, list[PlannedRecord]] = defaultdict(list)
    if household_ids:
        for record in _in_order(session, _STANDING_OF, {"household_ids": household_ids, "first_on": first_on}):
            found[record.household_id].append(record)
    return found


def _in_order(session: Session, statement: Select[Any], bound: dict[str, Any]) -> list[PlannedRecord]:
    """By day and hour; one without an hour comes last, whatever a database thinks of NULL."""
    records = [_record(row) for row in fetch(session, statement, bound)]
    return sorted(records, key=lambda each: (each.planned_on, each.planned_at is None, each.planned_at or time()))


def get_planned(session: Session, who: Identity, planned_id: UUID) -> PlannedVisit:
    """One planned visit of a visible household, or NotFound."""
    statement = select(PlannedVisit).join(Household).where(PlannedVisit.id == planned_id, visible_to(who))
    planned = session.scalars(statement).one_or_none()
    if planned is None:
        raise NotFound
    return planned


def engagements_of(
    session: Session, *, people: Collection[int], household_id: int, first_on: date, last_on: date
) -> list[Engagement]:
    """What stands in these people's calendars, and in that household's, from a day to a day."""
    statement = _records().where(
        PlannedVisit.state == PlannedState.PLANNED,
        PlannedVisit.planned_on.between(first_on, last_on),
        or_(
            PlannedVisit.household_id == household_id,
            PlannedVisit.assignee_id.in_(people),
            PlannedVisit.companion_id.in_(people),
        ),
    )
    return [record.engagement for record in _in_order(session, statement, {})]


_ABSENT, _COVERING = aliased(Account), aliased(Account)


def list_leaves(
    session: Session, *, first_on: date, last_on: date, people: Collection[int] | None = None,
    centre_ids: Collection[int] | None = None,
) -> list[Leave]:  # fmt: skip
    """Leave with its cover (대직) that touches a day of the span: of these people, or of whole centres; by first day."""
    statement: Any = (
        select(Cover.absent_id, _ABSENT.name, Cover.from_on, Cover.until_on, Cover.covered_by_id, _COVERING.name)
        .join(_ABSENT, _ABSENT.id == Cover.absent_id)
        .join(_COVERING, _COVERING.id == Cover.covered_by_id)
        .where(Cover.ended_at.is_(None), Cover.from_on <= last_on, Cover.until_on >= first_on)
        .order_by(Cover.from_on, Cover.id)
    )
    if people is not None:
        statement = statement.where(or_(Cover.absent_id.in_(people), Cover.covered_by_id.in_(people)))
    if centre_ids is not None:
        statement = statement.where(_ABSENT.centre_id.in_(centre_ids))
    return [Leave(*row) for row in fetch(session, statement, {})]


def names_of(session: Session, people: Collection[int]) -> dict[int, str]:
    """Names by account."""
    rows = fetch(session, select(Account.id, Account.name).where(Account.id.in_(people)), {})
    return {row.id: row.name for row in rows}


GOING = (Role.NURSE, Role.WORKER, Role.SUPERVISOR)


def list_going(session: Session, centre_id: int) -> Sequence[Account]:
    """Who of a centre may be sent to a door: working people, by role and name."""
    statement = select(Account).where(
        Account.centre_id == centre_id, Account.disabled_at.is_(None), Account.role.in_(GOING)
    )
    return session.scalars(statement.order_by(Account.role.desc(), Account.name)).all()
