"""A record keeps what was planned: the visit, or the try at a closed door, that somebody meant to make that day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.core.clock import korean_time
from app.follow_ups.rules import ContactMode
from app.visits.models import PlannedVisit, Visit
from app.visits.rules import PlannedState
from app.visits.rules.planning import minutes_of

KEEPS = frozenset({ContactMode.FACE, ContactMode.OFFICE, ContactMode.ABSENT})
"""Somebody went, or was met: a closed door was a try, and the ladder of absences says what comes next.

A call or a letter keeps nothing: the visit is still to be made, or to be cancelled with a reason.
"""


def keep_planned(session: Session, visit: Visit, *, actor: Identity, now: datetime) -> list[PlannedVisit]:
    """Mark the visits planned for that household, those people and that day as kept by this record.

    Those people are who made the record, who went along, and whoever the actor covers. Of several visits one person
    had planned for the day the nearest in time is kept.
    """
    if visit.mode not in KEEPS:
        return []
    went = {visit.by_id, *visit.companion_ids} | actor.covered_ids
    statement = select(PlannedVisit).where(
        PlannedVisit.household_id == visit.household_id,
        PlannedVisit.planned_on == visit.occurred_on,
        PlannedVisit.state == PlannedState.PLANNED,
    )
    meant = [each for each in session.scalars(statement) if each.assignee_id in went or each.companion_id in went]
    kept = _nearest(meant, visit.began_at)
    for planned in kept:
        planned.state, planned.visit_id = PlannedState.KEPT, visit.id
        planned.count_change(now)
    return kept


def release_kept(session: Session, visit_id: UUID, *, now: datetime) -> None:
    """Let stand again what a record kept, because a correction says that it happened another day or otherwise."""
    for planned in session.scalars(select(PlannedVisit).where(PlannedVisit.visit_id == visit_id)):
        planned.state, planned.visit_id = PlannedState.PLANNED, None
        planned.count_change(now)


def _nearest(meant: Iterable[PlannedVisit], began_at: datetime) -> list[PlannedVisit]:
    """For each person the visit whose hour is nearest; one without an hour comes last."""
    by_person: dict[int, list[PlannedVisit]] = defaultdict(list)
    for planned in meant:
        by_person[planned.assignee_id].append(planned)
    began = minutes_of(korean_time(began_at).time())

    def distance(planned: PlannedVisit) -> int:
        return 24 * 60 if planned.planned_at is None else abs(minutes_of(planned.planned_at) - began)

    return [min(several, key=distance) for several in by_person.values()]
