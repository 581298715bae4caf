"""The rows behind a number of the workload: each household or planned visit it counts, no more and no fewer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.access.identity import Identity
from app.assignments.rules import Duty
from app.calendars.queries.breaks import NAME_ONLY
from app.calendars.queries.workload import Workload
from app.calendars.queries.workload_tasks import DUTY_OF
from app.calendars.rules.workload import Slice, Task, Week
from app.core.errors import NotFound
from app.follow_ups.queries import read_dues
from app.follow_ups.rules.dues import Due, in_order
from app.households.models import Household
from app.households.queries import HouseholdLine, lines_of, visible_to, with_line
from app.visits.models import PlannedVisit


@dataclass(frozen=True, slots=True)
class WorkloadRow:
    """One row: a household, and what takes somebody there in that week."""

    line: HouseholdLine
    dues: Sequence[Due]
    """What is due of the duty in that week, the most pressing first; where it is overdue, or a visit is planned, also
    what was due before."""
    planned: PlannedVisit | None
    """The visit in the calendar, where the row counts one."""


def pick_tasks(
    workload: Workload, duty: Duty, part: Slice, place: int, *, person_id: int | None = None, anybody: bool = True
) -> list[Task]:
    """The tasks behind one number: of one person, of nobody (`person_id` None), or of all (`anybody`).

    Raises:
        NotFound: there is no such week or person.
    """
    if not 0 <= place < len(workload.weeks):
        raise NotFound
    people = [
        person
        for team in workload.of_duty(duty)
        for person in team.people
        if anybody or (person.account.id if person.account else None) == person_id
    ]
    if not people and not anybody:
        raise NotFound
    return [task for person in people for task in person.weeks[place].share.of(part)]


def list_rows(
    session: Session, who: Identity, tasks: Sequence[Task], duty: Duty, workload: Workload, place: int, *, today: date
) -> list[WorkloadRow]:
    """The rows of these tasks of one week, in their order."""
    ids = {task.household_id for task in tasks}
    statement = select(Household).where(visible_to(who), Household.id.in_(ids)).options(*with_line())
    lines = {line.id: line for line in lines_of(session.scalars(statement).unique(), today=today)}
    dues = read_dues(session, ids, district_id=who.district_id, today=today)
    planned = _planned(session, [task.planned_id for task in tasks if task.planned_id is not None])
    first_on = workload.weeks[place].first_on if place else date.min
    return [
        WorkloadRow(
            lines[task.household_id],
            _shown(
                dues.get(task.household_id, ()), duty, date.min if task.planned_id else first_on, workload.weeks[place]
            ),
            planned.get(task.planned_id) if task.planned_id else None,
        )
        for task in tasks
        if task.household_id in lines
    ]


def _shown(dues: Iterable[Due], duty: Duty, first_on: date, week: Week) -> list[Due]:
    """What is due from a day on to the end of the week."""
    near = (due for due in dues if due.due_on is not None and first_on <= due.due_on <= week.last_on)
    return in_order(due for due in near if DUTY_OF[due.profession] is duty)


def _planned(session: Session, ids: Sequence[UUID]) -> dict[UUID, PlannedVisit]:
    people = (PlannedVisit.assignee, PlannedVisit.companion)
    named = (joinedload(person).options(*NAME_ONLY) for person in people)
    statement = select(PlannedVisit).where(PlannedVisit.id.in_(ids)).options(*named)
    return {row.id: row for row in session.scalars(statement)}
