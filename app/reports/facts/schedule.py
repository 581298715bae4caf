"""F10: the doors of one person's day, in the order of 오늘."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Role
from app.accounts.models import Account
from app.core.clock import korean_date
from app.core.text import format_phone
from app.follow_ups.queries import Call, list_today
from app.follow_ups.rules import Due
from app.reports.facts.persons import because_text
from app.reports.rules import Letterhead, ScheduleFacts, ScheduleRow
from app.visits.models import Visit
from app.visits.queries import standing_plans
from app.visits.rules import VisitState, cut

PREVIOUS_LIMIT = 90


def gather_schedule(
    session: Session, who: Identity, assignee: Account, letterhead: Letterhead, *, now: datetime, coming: bool = False
) -> ScheduleFacts:
    """The facts of the day's schedule: what is overdue or due today, and with `coming` the coming week as well.

    A door that stands in the visitor's calendar today carries its hour; the order stays that of 오늘.
    """
    today = korean_date(now)
    found = list_today(session, who, today=today, assignee=assignee)
    calls = found.calls if coming else found.overdue + found.due
    doors = [call.household.id for call in calls]
    previous = _previous(session, doors, is_nurse=assignee.role is Role.NURSE)
    planned = _planned_hours(session, doors, assignee, today)
    return ScheduleFacts(
        letterhead=letterhead,
        day=today,
        visitor=assignee.name,
        role=assignee.role.label,
        rows=tuple(
            _row(call, previous.get(call.household.id, ""), planned.get(call.household.id, "")) for call in calls
        ),
    )


def _planned_hours(session: Session, household_ids: list[int], assignee: Account, today: date) -> dict[int, str]:
    """The hour at which this person is expected at each door today: «10:30», or «미정»."""
    standing = standing_plans(session, household_ids, first_on=today)
    return {
        household_id: f"{plan.planned_at:%H:%M}" if plan.planned_at else "미정"
        for household_id, plans in standing.items()
        for plan in reversed(plans)
        if plan.planned_on == today and assignee.id in plan.slot.people
    }


def _row(call: Call, previous: str, planned: str) -> ScheduleRow:
    household, rule = call.household, call.strictest_rule
    head = call.people[0] if call.people else None
    safety = ([rule.label] if rule else []) + [flag.kind.label for flag in call.flags]
    return ScheduleRow(
        planned=planned,
        number=household.number,
        name=household.title,
        age=f"{head.age}세" if head and head.age is not None else "",
        household_type=household.household_type.label,
        address=", ".join(part for part in (household.road_address or household.lot_address, household.unit) if part),
        approach=household.approach,
        phone=format_phone(household.phone),
        safety=tuple(dict.fromkeys(safety)),
        because=" / ".join(_told(call.dues)),
        previous=previous,
    )


def _told(dues: Iterable[Due]) -> Iterator[str]:
    """Each reason once, under its name unless it begins with it, and for how many people where for several."""
    reasons = ((due.label, because_text(due)) for due in dues)
    for (label, because), times in Counter(reasons).items():
        told = because if because.startswith(label) else f"{label}: {because}"
        yield f"{told} ({times}명)" if times > 1 else told


def _previous(session: Session, household_ids: list[int], *, is_nurse: bool) -> dict[int, str]:
    """What each household's last visit left to know: the promise, the shared line, one's own profession's note."""
    newest = (
        select(Visit.household_id, func.max(Visit.began_at).label("began_at"))
        .where(Visit.household_id.in_(household_ids), Visit.state == VisitState.SUBMITTED, Visit.voided_at.is_(None))
        .group_by(Visit.household_id)
        .subquery()
    )
    statement = (
        select(Visit)
        .join(newest, (Visit.household_id == newest.c.household_id) & (Visit.began_at == newest.c.began_at))
        .where(Visit.state == VisitState.SUBMITTED, Visit.voided_at.is_(None))
    )
    return {visit.household_id: _left(visit, is_nurse=is_nurse) for visit in session.scalars(statement)}


def _left(visit: Visit, *, is_nurse: bool) -> str:
    promised = f"약속: {visit.promise_note}" if visit.promise_note else ""
    note = visit.nursing_note if is_nurse else visit.welfare_note
    told = " · ".join(" ".join(part.split()) for part in (promised, visit.shared_line, note) if part.strip())
    return f"{_day(visit.occurred_on)} {cut(told, PREVIOUS_LIMIT)}".strip()


def _day(on: date) -> str:
    return f"{on.month}. {on.day}."
