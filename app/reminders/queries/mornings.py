"""What waits for one person this morning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Role
from app.follow_ups.queries import Call, Today, list_awaiting, list_today
from app.follow_ups.queries.before_break import find_break_notice
from app.follow_ups.rules import Profession
from app.reminders.rules import Heap, Morning, Numbered
from app.visits.queries import list_planned

_PROFESSION = {Role.NURSE: Profession.NURSE, Role.WORKER: Profession.WORKER}


def see_morning(session: Session, who: Identity, *, today: date) -> Morning:
    """What waits for somebody this morning, those they cover among it; for a supervisor what waits in the centre."""
    calls = list_today(session, who, today=today, most=0)
    planned = list_planned(session, who, first_on=today, last_on=today, people=who.acting_for)
    visits = Heap(tuple(Numbered(visit.household_id, visit.number) for visit in planned if visit.is_standing))
    if who.role is Role.SUPERVISOR:
        waiting = tuple(Numbered(each.id, each.number) for each in list_awaiting(session, who, today=today))
        return Morning(today, Heap(waiting), _heap(calls.overdue), planned=visits)
    notice = find_break_notice(session, who, today=today)
    return Morning(
        today, overdue=_heap(calls.overdue), due=_heap(calls.due), steps=_heap(_unreached(calls, who)), planned=visits,
        coming=notice.coming if notice else None, before_break=notice.households if notice else 0,
    )  # fmt: skip


def _heap(calls: Iterable[Call]) -> Heap:
    return Heap(tuple(Numbered(call.household.id, call.household.number) for call in calls))


def _unreached(calls: Today, who: Identity) -> Iterator[Call]:
    """Where a step of the absence ladder is to be done by today."""
    profession = _PROFESSION.get(who.role)
    for call in (*calls.overdue, *calls.due):
        steps = (due for due in call.dues if due.ladder_step is not None and due.profession is profession)
        if any(due.is_pressing for due in steps):
            yield call
