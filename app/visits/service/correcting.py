"""정정: write a submitted record anew, and keep what stood there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit.rules import Action
from app.core.database import new_id
from app.core.errors import RuleBroken, StaleRecord
from app.core.privacy import mask_resident_numbers
from app.follow_ups import service as follow_ups
from app.households.models import Household
from app.visits import queries
from app.visits.models import Visit, VisitVersion
from app.visits.rules import VisitDetails, VisitState
from app.visits.service.checking import refuse_foreign_health, refuse_problems, writes_health
from app.visits.service.drafts import drop_draft
from app.visits.service.filling import fill, snapshot
from app.visits.service.keeping import keep_planned, release_kept
from app.visits.service.telling import contact_of, record_access

TOLD_AGAIN = ("occurred_on", "began_at", "mode", "purpose", "members_seen")
"""What a contact says: when one of these changes, it is told again."""


def correct_visit(
    session: Session, visit: Visit, details: VisitDetails, *, reason: str, version: int,
    confirmed: Collection[str] = (), actor: Identity, now: datetime,
) -> VisitVersion:  # fmt: skip
    """정정: write the record anew, with a reason; what stood there before stays readable.

    The contact behind it is voided and told again, so that dues follow what really happened. The promise made at
    the door is not touched: it was made. Somebody who is not a nurse leaves the nursing note and the vitals as they are.

    Raises:
        RuleBroken: no reason, nothing changed, an absence (which has nothing to correct but being void), or health
            detail by somebody who is not a nurse.
        StaleRecord: somebody corrected it since the form was opened with `version`.
        ProblemsFound: as `log_visit`.
    """
    _refuse_correction(session, visit, reason=reason, version=version)
    refuse_foreign_health(details, actor)
    household = visit.household
    follow_ups.hold(session, household)
    judgements = queries.judgements_in_force(session, details.occurred_on)
    refuse_problems(session, household, details, judgements, confirmed=confirmed, actor=actor, now=now)
    before = snapshot(visit)
    kept = VisitVersion(
        number=visit.version, before=before, reason=mask_resident_numbers(reason), at=now, by_id=actor.account_id
    )
    visit.corrections.append(kept)
    fill(visit, details, judgements, household, with_health=writes_health(actor))
    visit.version += 1
    session.flush()
    if snapshot(visit) == before:
        raise RuleBroken("NOTHING_CHANGED", "바뀐 내용이 없습니다.")
    _tell_contact_again(session, household, visit, details, before, actor=actor, now=now)
    drop_draft(session, visit.id)
    record_access(session, Action.CORRECT_VISIT, visit, actor=actor, now=now)
    return kept


def _refuse_correction(session: Session, visit: Visit, *, reason: str, version: int) -> None:
    if not reason.strip():
        raise RuleBroken("REASON_NEEDED", "무엇을 왜 고치는지 적어 주세요.", field="reason")
    if visit.state is not VisitState.SUBMITTED:
        raise RuleBroken("NOT_SUBMITTED", "제출한 방문 기록만 정정할 수 있습니다.")
    locked = select(Visit.version).where(Visit.id == visit.id).with_for_update()
    if session.scalar(locked) != version:
        raise StaleRecord("다른 사람이 먼저 정정했습니다. 바뀐 내용을 확인한 뒤 다시 저장해 주세요.")


def _tell_contact_again(
    session: Session,
    household: Household,
    visit: Visit,
    details: VisitDetails,
    before: dict[str, Any],
    *,
    actor: Identity,
    now: datetime,
) -> None:
    after = snapshot(visit)
    if all(before[name] == after[name] for name in TOLD_AGAIN):
        return
    follow_ups.void_contacts_of(session, household, visit.id, now=now)
    contact = contact_of(new_id(), details)
    follow_ups.record_contact(session, household, contact, record_id=visit.id, by_id=visit.by_id, now=now)
    release_kept(session, visit.id)
    keep_planned(session, visit, actor=actor)
