"""What takes people to households in the coming weeks: dues and planned visits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Role
from app.accounts.models import Account
from app.assignments.rules import Duty
from app.calendars.rules.workload import Task
from app.core.database import fetch
from app.follow_ups.models import Obligation
from app.follow_ups.queries import compute_dues
from app.follow_ups.rules import Profession
from app.households.models import Household
from app.households.rules import HouseholdStatus
from app.visits.models import PlannedVisit
from app.visits.rules import PlannedState

Place = tuple[int, Duty]
"""A centre, and whose work it is there."""
DUTY_OF = {Profession.NURSE: Duty.NURSE, Profession.WORKER: Duty.WORKER}


def duty_of(role: Role) -> Duty:
    """Whose dues somebody of this role does."""
    return Duty.NURSE if role is Role.NURSE else Duty.WORKER


def list_tasks(
    session: Session, who: Identity, centre_ids: Collection[int], *, today: date, until: date
) -> dict[Place, list[Task]]:
    """Everything due up to a day (overdue included) and every visit still planned from today on, in these centres."""
    scope = who.centre_ids & frozenset(centre_ids)
    found: dict[Place, list[Task]] = defaultdict(list)
    for place, task in _due_tasks(session, who, [Household.centre_id.in_(scope)], today=today, until=until):
        found[place].append(task)
    for place, task in _planned_tasks(session, scope, today=today, until=until):
        found[place].append(task)
    return found


def list_due_tasks(
    session: Session, who: Identity, duty: Duty, holders: Collection[int], *, today: date, until: date
) -> list[Task]:
    """What is due up to a day of the households that these people hold in one duty, overdue included."""
    holder = Household.nurse_id if duty is Duty.NURSE else Household.worker_id
    narrowed = [Household.centre_id.in_(who.centre_ids), holder.in_(holders)]
    found = _due_tasks(session, who, narrowed, today=today, until=until)
    return [task for place, task in found if place[1] is duty and task.holder_id in holders]


def _due_tasks(
    session: Session, who: Identity, narrowed: Iterable[ColumnElement[bool]], *, today: date, until: date
) -> Iterator[tuple[Place, Task]]:
    """The stored answers; where one is stale, all of its household are computed anew."""
    near = or_(Obligation.due_on <= until, Obligation.recompute_on <= today)
    columns: Any = select(
        Household.id, Household.centre_id, Household.nurse_id, Household.worker_id, Obligation.profession,
        Obligation.due_on, Obligation.recompute_on,
    )  # fmt: skip
    statement = columns.join(Obligation, Obligation.household_id == Household.id).where(
        Household.status == HouseholdStatus.ACTIVE, near, *narrowed
    )
    rows = fetch(session, statement, {})
    stale = {row.id: row for row in rows if row.recompute_on is not None and row.recompute_on <= today}
    for row in rows:
        if row.id not in stale and row.due_on is not None:
            yield _task(row, row.profession, row.due_on)
    for household_id, dues in compute_dues(session, stale, district_id=who.district_id, today=today).items():
        for due in dues:
            if due.due_on is not None and due.due_on <= until:
                yield _task(stale[household_id], due.profession, due.due_on)


def _task(row: Any, profession: Profession, due_on: date) -> tuple[Place, Task]:
    duty = DUTY_OF[profession]
    return (row.centre_id, duty), Task(row.id, due_on, row.nurse_id if duty is Duty.NURSE else row.worker_id)


def _planned_tasks(
    session: Session, scope: frozenset[int], *, today: date, until: date
) -> Iterator[tuple[Place, Task]]:
    """A task for whoever goes, and one for whoever goes along."""
    for people in (PlannedVisit.assignee_id, PlannedVisit.companion_id):
        columns: Any = select(
            PlannedVisit.id, PlannedVisit.planned_on, Household.id, Household.centre_id, Account.id, Account.role
        )
        statement = (
            columns.join(Household, Household.id == PlannedVisit.household_id)
            .join(Account, Account.id == people)
            .where(
                Household.centre_id.in_(scope), Household.status == HouseholdStatus.ACTIVE,
                PlannedVisit.state == PlannedState.PLANNED, PlannedVisit.planned_on.between(today, until),
            )
        )  # fmt: skip
        for planned_id, on, household_id, centre_id, account_id, role in fetch(session, statement, {}):
            yield (centre_id, duty_of(role)), Task(household_id, on, account_id, planned_id)
