"""«연휴 전 방문 권장» as a list: who, why, by when, and whether somebody is to go there already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, lazyload

from app.access.identity import Identity
from app.accounts.models import Account
from app.calendars.rules.breaks import planned_before, urgency
from app.core.working_days import WorkingDays
from app.follow_ups.queries.before_break import list_before_break
from app.follow_ups.rules import LongBreak
from app.follow_ups.rules.dues import Due
from app.households.models import Household
from app.households.queries import HouseholdLine, lines_of, visible_to, with_line
from app.visits.models import PlannedVisit
from app.visits.rules import PlannedState

NAME_ONLY = (lazyload(Account.centre), lazyload(Account.district))
"""A colleague without the places they work at."""


@dataclass(frozen=True, slots=True)
class BeforeBreak:
    """One household that is better seen before the break."""

    household: Household
    line: HouseholdLine
    dues: Sequence[Due]
    """Those the break would swallow, the most pressing first."""
    planned: PlannedVisit | None
    """A visit that is planned before the break."""


def list_to_visit_before(
    session: Session,
    who: Identity,
    coming: LongBreak,
    *,
    today: date,
    days: WorkingDays,
    assignee: Account | None = None,
    centre_id: int | None = None,
) -> list[BeforeBreak]:
    """Those without a planned visit first, then by due date, then the longest unseen; scoped to `who`."""
    found = list_before_break(session, who, coming, today=today, days=days, assignee=assignee, centre_id=centre_id)
    statement = select(Household).where(visible_to(who), Household.id.in_(found)).options(*with_line())
    households = session.scalars(statement).unique().all()
    planned = _planned(session, found, coming, today)
    rows = [
        BeforeBreak(household, line, found[household.id], planned.get(household.id))
        for household, line in zip(households, lines_of(households, today=today), strict=True)
    ]
    return sorted(rows, key=_urgency)


def _urgency(row: BeforeBreak) -> tuple[tuple[bool, date, date], int]:
    planned_on = row.planned.planned_on if row.planned else None
    earliest = min((due.due_on for due in row.dues if due.due_on), default=date.max)
    return urgency(planned_on, earliest, row.household.last_seen_on), row.household.id


def _planned(
    session: Session, household_ids: Collection[int], coming: LongBreak, today: date
) -> dict[int, PlannedVisit]:
    """The first visit planned at each household that is still before the break."""
    statement = (
        select(PlannedVisit)
        .where(
            PlannedVisit.household_id.in_(household_ids), PlannedVisit.state == PlannedState.PLANNED,
            PlannedVisit.planned_on.between(today, coming.visit_by),
        )
        .options(joinedload(PlannedVisit.assignee).options(*NAME_ONLY))
        .order_by(PlannedVisit.planned_on, PlannedVisit.planned_at, PlannedVisit.id)
    )  # fmt: skip
    by_household: dict[int, list[PlannedVisit]] = defaultdict(list)
    for planned in session.scalars(statement):
        by_household[planned.household_id].append(planned)
    return {
        household_id: next(one for one in plans if one.planned_on == first)
        for household_id, plans in by_household.items()
        if (first := planned_before(coming, (one.planned_on for one in plans), today=today))
    }
