"""무효: take a whole record back. It stays on record, struck through, and counts for nothing; it can be revived."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit.rules import Action
from app.core.errors import RuleBroken
from app.core.privacy import mask_resident_numbers
from app.follow_ups import service as follow_ups
from app.visits.models import Visit
from app.visits.rules import VisitState
from app.visits.rules.second_notes import VersionAct
from app.visits.service.telling import record_access
from app.visits.service.versions import hold_visit, keep_version, refuse_stale, take_contacts_back, tell_contacts


def void_visit(
    session: Session, visit: Visit, *, reason: str, version: int, actor: Identity, now: datetime
) -> Visit:  # fmt: skip
    """Take a record back with a reason: its contacts and promises count no more, and every due is answered anew.

    An absence among them: the ladder stands where it stood before. Taking back what is taken back changes nothing.

    Raises:
        RuleBroken: no reason.
        StaleRecord: somebody changed the record since the page with `version` was drawn.
    """
    if not reason.strip():
        raise RuleBroken("REASON_NEEDED", "왜 무효로 하는지 적어 주세요.", field="reason")
    hold_visit(session, visit)
    if visit.voided_at is not None:
        return visit
    refuse_stale(visit, version)
    keep_version(visit, reason=reason, act=VersionAct.VOID, actor=actor, now=now)
    visit.voided_at, visit.voided_by_id, visit.voided_because = now, actor.account_id, mask_resident_numbers(reason)
    follow_ups.take_promises_back(session, visit.household, _promised(visit))
    take_contacts_back(session, visit, now=now)
    record_access(session, Action.VOID_VISIT, visit, actor=actor, now=now)
    return visit


def revive_visit(session: Session, visit: Visit, *, version: int, actor: Identity, now: datetime) -> Visit:
    """되살리기: let a record that was taken back count again, as it stands; who took it back and why stays readable.

    Raises:
        StaleRecord: somebody changed the record since the page with `version` was drawn.
    """
    hold_visit(session, visit)
    if visit.voided_at is None:
        return visit
    refuse_stale(visit, version)
    keep_version(visit, reason=visit.voided_because, act=VersionAct.REVIVE, actor=actor, now=now)
    visit.voided_at, visit.voided_by_id, visit.voided_because = None, None, ""
    follow_ups.renew_promises(session, visit.household, _promised(visit))
    tell_contacts(session, visit, actor=actor, now=now)
    if visit.state is VisitState.ABSENT:
        follow_ups.alert_absences(session, visit.household, now=now)
    record_access(session, Action.VOID_VISIT, visit, actor=actor, now=now)
    return visit


def _promised(visit: Visit) -> list[tuple[int, datetime]]:
    """Who promised something at this visit, and the moment at which it was stored."""
    made = [(visit.by_id, visit.received_at)]
    if visit.second_by_id is not None and visit.second_received_at is not None:
        made.append((visit.second_by_id, visit.second_received_at))
    return made
