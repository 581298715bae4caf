"""정정: write a submitted record anew, and keep what stood there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit.rules import Action
from app.care.service import move_care, replace_care
from app.core.database import new_id
from app.core.errors import RuleBroken
from app.follow_ups import service as follow_ups
from app.visits import queries
from app.visits.models import Visit, VisitVersion
from app.visits.queries.second_notes import second_profession
from app.visits.rules import VisitDetails, VisitState
from app.visits.rules.second_notes import OWNERS, SHARED_TEXTS, Parts, join_text, joint_purpose, split_text
from app.visits.service.asking import ask_companions
from app.visits.service.checking import refuse_foreign_health, refuse_problems, writes_health
from app.visits.service.drafts import drop_draft
from app.visits.service.filling import TEXTS, fill, snapshot
from app.visits.service.keeping import keep_planned
from app.visits.service.telling import contact_of, occasion_of, record_access
from app.visits.service.versions import hold_visit, keep_version, refuse_stale, take_contacts_back

TOLD_AGAIN = ("occurred_on", "began_at", "mode", "purpose", "members_seen")
"""What a contact says: when one of these changes, it is told again."""


def correct_visit(
    session: Session, visit: Visit, details: VisitDetails, *, reason: str, version: int,
    confirmed: Collection[str] = (), actor: Identity, now: datetime,
) -> VisitVersion:  # fmt: skip
    """정정: write the record anew, with a reason; what stood there before stays readable.

    The contact behind it is voided and told again, so that dues follow what really happened. The promise made at
    the door is not touched: it was made. Somebody who is not a nurse leaves the nursing note and the vitals as they are;
    on a joint visit what the colleague wrote stays as it is.

    Raises:
        RuleBroken: no reason, nothing changed, an absence (which has nothing to correct but being void), a record that
            was taken back, or health detail by somebody who is not a nurse.
        StaleRecord: somebody changed it since the form was opened with `version`.
        ProblemsFound: as `log_visit`.
    """
    _refuse_correction(session, visit, reason=reason, version=version, actor=actor)
    refuse_foreign_health(details, actor)
    wanted = beside_the_second(visit, details)
    household = visit.household
    judgements = queries.judgements_in_force(session, details.occurred_on)
    refuse_problems(session, household, wanted, judgements, confirmed=confirmed, actor=actor, now=now)
    before = snapshot(visit)
    kept = keep_version(visit, reason=reason, actor=actor, now=now)
    fill(visit, wanted, judgements, household, with_health=writes_health(actor))
    _write_care(session, visit, details, actor=actor, now=now)
    session.flush()
    if snapshot(visit) == before:
        raise RuleBroken("NOTHING_CHANGED", "바뀐 내용이 없습니다.")
    _tell_contact_again(session, visit, wanted, before, actor=actor, now=now)
    drop_draft(session, visit.id)
    ask_companions(session, visit, now=now)
    record_access(session, Action.CORRECT_VISIT, visit, actor=actor, now=now)
    return kept


def _write_care(session: Session, visit: Visit, details: VisitDetails, *, actor: Identity, now: datetime) -> None:
    """What was done, rated and checked, anew; where the form did not ask it follows the day."""
    session.flush()
    if details.care is None:
        move_care(session, visit.id, details.occurred_on)
    else:
        occasion = occasion_of(visit, details)
        replace_care(session, visit.household, details.care, occasion, actor=actor, now=now)


def first_texts(visit: Visit) -> dict[str, str]:
    """The texts of a record as its first writer wrote them: where a correction of theirs begins."""
    parts = {name: split_text(name, getattr(visit, name), second_profession(visit)).first for name in SHARED_TEXTS}
    return {name: parts.get(name, getattr(visit, name)) for name in TEXTS}


def beside_the_second(visit: Visit, details: VisitDetails) -> VisitDetails:
    """What is wanted, with the colleague's words beside it as they stand, and the colleague among those who went."""
    second = second_profession(visit)
    if second is None or visit.second_by_id is None:
        return details
    texts: dict[str, Any] = {}
    for name in (*OWNERS, "shared_line"):
        theirs = split_text(name, getattr(visit, name), second).second
        texts[name] = join_text(name, Parts(getattr(details, name), theirs), second)
    purpose, went = joint_purpose(details.purpose, second), details.companion_ids | {visit.second_by_id}
    return replace(details, purpose=purpose, companion_ids=went, **texts)


def _refuse_correction(session: Session, visit: Visit, *, reason: str, version: int, actor: Identity) -> None:
    if not reason.strip():
        raise RuleBroken("REASON_NEEDED", "무엇을 왜 고치는지 적어 주세요.", field="reason")
    hold_visit(session, visit)
    refuse_locked(visit)
    if visit.second_by_id == actor.account_id:
        raise RuleBroken("NOT_YOURS", "함께 간 사람은 자기가 더한 기록만 정정할 수 있습니다.")
    refuse_stale(visit, version)


def refuse_locked(visit: Visit) -> None:
    """Only a submitted record that stands is corrected.

    Raises:
        RuleBroken: an absence, a visit that did not take place, or a record that was taken back.
    """
    if visit.state is not VisitState.SUBMITTED:
        raise RuleBroken("NOT_SUBMITTED", "제출한 방문 기록만 정정할 수 있습니다.")
    if visit.voided_at is not None:
        raise RuleBroken("VOIDED", "무효로 한 기록입니다. 되살린 뒤에 정정해 주세요.")


def _tell_contact_again(
    session: Session, visit: Visit, details: VisitDetails, before: dict[str, Any], *, actor: Identity, now: datetime
) -> None:
    after = snapshot(visit)
    if all(before[name] == after[name] for name in TOLD_AGAIN):
        return
    take_contacts_back(session, visit, now=now)
    contact = contact_of(new_id(), details)
    follow_ups.record_contact(session, visit.household, contact, record_id=visit.id, by_id=visit.by_id, now=now)
    keep_planned(session, visit, actor=actor, now=now)
