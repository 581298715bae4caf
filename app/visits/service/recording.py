"""Record what happened at the door. A visit that happened is never refused for being late, and never recorded twice."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Role
from app.accounts.queries import supervisor_ids
from app.alerts.rules import AlertKind
from app.alerts.service import raise_alert
from app.audit.rules import Action
from app.care.service import record_care
from app.follow_ups import service as follow_ups
from app.follow_ups.rules import Profession
from app.follow_ups.service import ContactDetails, Promise
from app.households.models import Household
from app.visits import queries
from app.visits.models import Visit
from app.visits.rules import (
    AbsenceDetails,
    Judgements,
    VisitDetails,
    VisitState,
    check_absence,
    find_crises,
    list_unanswered,
    vitals_line,
)
from app.visits.service.asking import ask_companions
from app.visits.service.checking import ProblemsFound, find_known, refuse_foreign_health, refuse_problems
from app.visits.service.drafts import drop_draft
from app.visits.service.filling import fill, fill_absence, fill_once
from app.visits.service.keeping import keep_planned
from app.visits.service.telling import absence_contacts, contact_of, occasion_of, record_access


def log_visit(
    session: Session, household: Household, details: VisitDetails, *, confirmed: Collection[str] = (),
    proposed_on: date | None = None, typed_at: datetime, actor: Identity, now: datetime,
) -> Visit:  # fmt: skip
    """Record a visit, a call or another contact; the same id again answers with the first record.

    Args:
        confirmed: keys of the questions («맞습니까?») that the person answered.
        proposed_on: the next visit as the engine proposed it; a later promise needs a reason.
        typed_at: when writing began on the device.

    Raises:
        ProblemsFound: something cannot be true, or a question is unanswered; nothing was stored.
        RuleBroken: health detail by somebody who is not a nurse, or an id that belongs to another record.
    """
    known = find_known(session, household, details.visit_id, actor)
    if known is not None:
        return known
    refuse_foreign_health(details, actor)
    judgements = queries.judgements_in_force(session, details.occurred_on)
    refuse_problems(
        session, household, details, judgements, confirmed=confirmed, proposed_on=proposed_on, actor=actor, now=now
    )
    visit = _new_record(details.visit_id, household, VisitState.SUBMITTED, typed_at=typed_at, actor=actor, now=now)
    fill(visit, details, judgements, household, with_health=True)
    fill_once(visit, details)
    contact = contact_of(visit.id, details)
    _store(session, household, visit, contact, promised=_promise(details, actor), actor=actor, now=now)
    if details.care is not None:
        record_care(session, household, details.care, occasion_of(visit, details), actor=actor, now=now)
    alert_crises(session, household, details, judgements, now=now)
    ask_companions(session, visit, now=now)
    record_access(session, Action.LOG_VISIT, visit, actor=actor, now=now)
    return visit


def log_absence(
    session: Session, household: Household, details: AbsenceDetails, *, confirmed: Collection[str] = (),
    typed_at: datetime, actor: Identity, now: datetime,
) -> Visit:  # fmt: skip
    """Record that nobody was met; the absence ladder tells the supervisor when it is time to.

    Raises:
        ProblemsFound: nothing was tried, a day that has not come, or an unanswered question.
        RuleBroken: an id that belongs to another record.
    """
    known = find_known(session, household, details.visit_id, actor)
    if known is not None:
        return known
    problems = list_unanswered(check_absence(details, now=now), confirmed)
    if problems:
        raise ProblemsFound(problems)
    visit = _new_record(details.visit_id, household, VisitState.ABSENT, typed_at=typed_at, actor=actor, now=now)
    fill_absence(visit, details)
    vain, *asked = absence_contacts(details)
    _store(session, household, visit, vain, actor=actor, now=now)
    for contact in asked:
        follow_ups.record_contact(session, household, contact, record_id=visit.id, by_id=visit.by_id, now=now)
    follow_ups.alert_absences(session, household, now=now)
    record_access(session, Action.LOG_VISIT, visit, actor=actor, now=now)
    return visit


def _new_record(
    visit_id: UUID, household: Household, state: VisitState, *, typed_at: datetime, actor: Identity, now: datetime
) -> Visit:
    return Visit(
        id=visit_id, household_id=household.id, state=state, typed_at=min(typed_at, now), received_at=now,
        by_id=actor.account_id, typed_by_id=actor.account_id, version=1,
    )  # fmt: skip


def _store(
    session: Session, household: Household, visit: Visit, contact: ContactDetails, *, promised: Promise | None = None,
    actor: Identity, now: datetime,
) -> None:  # fmt: skip
    """The record, the contact it was, what it keeps of the calendar, and no draft any more."""
    session.add(visit)
    follow_ups.record_contact(session, household, contact, promised=promised, by_id=visit.by_id, now=now)
    keep_planned(session, visit, actor=actor, now=now)
    drop_draft(session, visit.id)


def _promise(details: VisitDetails, actor: Identity) -> Promise | None:
    if details.promised_on is None:
        return None
    profession = Profession.NURSE if actor.role is Role.NURSE else Profession.WORKER
    return Promise(details.promised_on, details.promise_note, by=profession)


def alert_crises(
    session: Session, household: Household, details: VisitDetails, judgements: Judgements, *, now: datetime
) -> None:
    """Tell the supervisor of a reading that asked for action; the text says what, the household's page says who."""
    for crisis in find_crises(details, judgements):
        if not crisis.alarm.action.is_pressing:
            continue
        measured = vitals_line([crisis.alarm.reading])
        raise_alert(
            session,
            AlertKind.CRISIS_READING,
            subject=f"visit:{details.visit_id}:{crisis.member_id}:{crisis.alarm.reading.kind.value}",
            recipient_ids=supervisor_ids(session, household.centre_id),
            text=f"{household.number} 위험 측정값이 있었습니다: {measured}",
            household_id=household.id,
            now=now,
        )
