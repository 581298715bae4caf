"""취소: record that a visit was begun and did not take place. It is no contact and no absence."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit.rules import Action
from app.core.clock import KOREA
from app.core.errors import RuleBroken
from app.core.privacy import mask_resident_numbers
from app.follow_ups.rules import ContactMode
from app.households.models import Household
from app.visits.models import PlannedVisit, Visit
from app.visits.rules import REASON_LENGTH, PlanChange, PlannedState, VisitState, cut
from app.visits.rules.cancelling import CancelDetails, PlanAnswer, check_cancelling
from app.visits.service.checking import ProblemsFound, find_known, writes_health
from app.visits.service.drafts import drop_draft
from app.visits.service.planning import cancel_visit
from app.visits.service.telling import record_access

WRITTEN = ("field_notes", "welfare_note", "nursing_note")


def log_cancelled(
    session: Session, household: Household, details: CancelDetails, *, plan: PlanAnswer = PlanAnswer.KEEP,
    typed_at: datetime, actor: Identity, now: datetime,
) -> Visit:  # fmt: skip
    """Record a visit that did not take place, with the notes from the spot; the same id again changes nothing.

    Args:
        plan: what becomes of one's own plan for that day; moving it is a page of its own.

    Raises:
        ProblemsFound: a day that has not come, or no words where the reason is none of the list.
        RuleBroken: an id that belongs to another record, or health detail by somebody who is not a nurse.
    """
    known = find_known(session, household, details.visit_id, actor)
    if known is not None:
        return known
    if details.nursing_note.strip() and not writes_health(actor):
        raise RuleBroken("NURSE_ONLY", "간호 기록은 방문간호사만 적을 수 있습니다.")
    problems = check_cancelling(details, now=now)
    if problems:
        raise ProblemsFound(problems)
    visit = Visit(
        id=details.visit_id, household_id=household.id, state=VisitState.CANCELLED, mode=ContactMode.FACE,
        purpose=details.purpose, occurred_on=details.occurred_on, began_at=details.at or _noon(details),
        typed_at=min(typed_at, now), received_at=now, by_id=actor.account_id, typed_by_id=actor.account_id,
        cancelled_because=mask_resident_numbers(details.because),
        version=1, **{name: mask_resident_numbers(getattr(details, name)) for name in WRITTEN},
    )  # fmt: skip
    session.add(visit)
    drop_draft(session, visit.id)
    if plan is PlanAnswer.CANCEL:
        _cancel_plans(session, visit, actor=actor, now=now)
    record_access(session, Action.LOG_VISIT, visit, actor=actor, now=now)
    return visit


def plans_of_day(session: Session, household_id: int, on: date, actor: Identity) -> list[PlannedVisit]:
    """What this person, or somebody they cover, still means to do at a household on a day."""
    statement = select(PlannedVisit).where(
        PlannedVisit.household_id == household_id, PlannedVisit.planned_on == on,
        PlannedVisit.state == PlannedState.PLANNED, PlannedVisit.assignee_id.in_(actor.acting_for),
    )  # fmt: skip
    return list(session.scalars(statement.order_by(PlannedVisit.planned_at, PlannedVisit.id)))


def _cancel_plans(session: Session, visit: Visit, *, actor: Identity, now: datetime) -> None:
    for planned in plans_of_day(session, visit.household_id, visit.occurred_on, actor):
        cancel_visit(
            session, planned, change=PlanChange.OTHER, note=cut(visit.cancelled_because, REASON_LENGTH), version=planned.version,
            actor=actor, now=now,
        )  # fmt: skip


def _noon(details: CancelDetails) -> datetime:
    """What stands for a time nobody knows."""
    return datetime.combine(details.occurred_on, time(12), KOREA)
