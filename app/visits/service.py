"""Record what happened at the door. A visit that happened is never refused for being late, and never recorded twice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Role
from app.accounts.queries import supervisor_ids
from app.alerts.rules import AlertKind
from app.alerts.service import raise_alert
from app.audit import service as audit
from app.audit.rules import Action
from app.core.clock import KOREA
from app.core.database import new_id
from app.core.errors import RuleBroken, StaleRecord
from app.core.privacy import mask_resident_numbers
from app.follow_ups import service as follow_ups
from app.follow_ups.rules import Profession
from app.follow_ups.service import ContactDetails, Promise
from app.households.models import Household
from app.visits import queries
from app.visits.models import Visit, VisitDraft, VisitMember, VisitVersion, VitalReading
from app.visits.rules import (
    AbsenceDetails,
    Judgements,
    Problem,
    Reading,
    VisitDetails,
    VisitState,
    check_absence,
    check_next_visit,
    check_visit,
    find_crises,
    find_symptoms,
    judge,
    list_unanswered,
    vitals_line,
)

NOON = time(12)
TEXTS = ("place", "welfare_note", "nursing_note", "shared_line", "promise_note", "next_visit_reason", "told_to")


class ProblemsFound(RuleBroken):
    """What must be put right or confirmed before the record can be stored."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("PROBLEMS_FOUND", problems[0].message)
        self.problems = tuple(problems)


def log_visit(
    session: Session,
    household: Household,
    details: VisitDetails,
    *,
    confirmed: Collection[str] = (),
    proposed_on: date | None = None,
    typed_at: datetime,
    actor: Identity,
    now: datetime,
) -> Visit:
    """Record a visit, a call or another contact; the same id again answers with the first record.

    Args:
        confirmed: keys of the questions («맞습니까?») that the person answered.
        proposed_on: the next visit as the engine proposed it; a later promise needs a reason.
        typed_at: when writing began on the device.

    Raises:
        ProblemsFound: something cannot be true, or a question is unanswered; nothing was stored.
        RuleBroken: health detail by somebody who is not a nurse, or an id that belongs to another record.
    """
    known = _known(session, household, details.visit_id, actor)
    if known is not None:
        return known
    _refuse_foreign_health(details, actor)
    judgements = queries.judgements_in_force(session, details.occurred_on)
    _refuse_problems(session, household, details, judgements, confirmed=confirmed, proposed_on=proposed_on, now=now)
    visit = Visit(
        id=details.visit_id,
        household_id=household.id,
        state=VisitState.SUBMITTED,
        typed_at=min(typed_at, now),
        received_at=now,
        by_id=actor.account_id,
        typed_by_id=actor.account_id,
        version=1,
    )
    _fill(visit, details, judgements, household, now=now)
    session.add(visit)
    session.flush()
    promised = _promise(details, actor)
    contact = _contact(details.visit_id, details)
    follow_ups.record_contact(session, household, contact, promised=promised, by_id=actor.account_id, now=now)
    _alert_crises(session, household, details, judgements, now=now)
    _drop_draft(session, details.visit_id)
    _record(session, Action.LOG_VISIT, visit, actor=actor, now=now)
    return visit


def log_absence(
    session: Session,
    household: Household,
    details: AbsenceDetails,
    *,
    confirmed: Collection[str] = (),
    typed_at: datetime,
    actor: Identity,
    now: datetime,
) -> Visit:
    """Record that nobody was met; the absence ladder tells the supervisor when it is time to.

    Raises:
        ProblemsFound: nothing was tried, a day that has not come, or an unanswered question.
    """
    known = _known(session, household, details.visit_id, actor)
    if known is not None:
        return known
    problems = list_unanswered(check_absence(details, now=now), confirmed)
    if problems:
        raise ProblemsFound(problems)
    visit = Visit(
        id=details.visit_id,
        household_id=household.id,
        state=VisitState.ABSENT,
        mode=details.mode,
        purpose=details.purpose,
        occurred_on=details.occurred_on,
        began_at=details.at or datetime.combine(details.occurred_on, NOON, KOREA),
        typed_at=min(typed_at, now),
        received_at=now,
        by_id=actor.account_id,
        typed_by_id=actor.account_id,
        tried=sorted(way.value for way in details.tried),
        notice_left=details.notice_left,
        neighbour_asked=mask_resident_numbers(details.neighbour_asked),
        absence_note=mask_resident_numbers(details.note),
        version=1,
    )
    session.add(visit)
    session.flush()
    contact = ContactDetails(details.visit_id, details.occurred_on, details.mode, details.purpose)
    follow_ups.record_contact(session, household, contact, by_id=actor.account_id, now=now)
    follow_ups.alert_absences(session, household, now=now)
    _drop_draft(session, details.visit_id)
    _record(session, Action.LOG_VISIT, visit, actor=actor, now=now)
    return visit


def correct_visit(
    session: Session,
    visit: Visit,
    details: VisitDetails,
    *,
    reason: str,
    version: int,
    confirmed: Collection[str] = (),
    actor: Identity,
    now: datetime,
) -> VisitVersion:
    """정정: write the record anew, with a reason; what stood there before stays readable.

    The contact behind it is voided and told again, so that dues follow what really happened. The promise made at
    the door is not touched: it was made.

    Raises:
        RuleBroken: no reason, nothing changed, or an absence (which has nothing to correct but being void).
        StaleRecord: somebody corrected it since the form was opened with `version`.
        ProblemsFound: as `log_visit`.
    """
    _refuse_correction(session, visit, reason=reason, version=version)
    household = visit.household
    judgements = queries.judgements_in_force(session, details.occurred_on)
    _refuse_problems(session, household, details, judgements, confirmed=confirmed, now=now)
    before = snapshot(visit)
    kept = VisitVersion(number=visit.version, before=before, reason=reason, at=now, by_id=actor.account_id)
    visit.corrections.append(kept)
    _fill(visit, details, judgements, household, now=now)
    visit.version += 1
    session.flush()
    if snapshot(visit) == before:
        raise RuleBroken("NOTHING_CHANGED", "바뀐 내용이 없습니다.")
    _tell_contact_again(session, household, visit, details, before, actor=actor, now=now)
    _drop_draft(session, visit.id)
    _record(session, Action.CORRECT_VISIT, visit, actor=actor, now=now)
    return kept


def save_draft(
    session: Session,
    household: Household,
    draft_id: UUID,
    *,
    form: str,
    body: dict[str, Any],
    version: int,
    actor: Identity,
    now: datetime,
) -> VisitDraft:
    """Keep what has been typed so far; `version` is the one the page began from (0: none yet).

    Raises:
        StaleRecord: another tab or tablet saved the same draft since.
    """
    draft = queries.find_draft(session, actor, draft_id)
    if draft is None:
        draft = VisitDraft(
            id=draft_id,
            account_id=actor.account_id,
            household_id=household.id,
            form=form,
            body={},
            version=0,
            started_at=now,
        )
        session.add(draft)
    elif draft.version != version:
        raise StaleRecord("다른 화면에서 이 기록을 고쳤습니다. 두 내용을 견주어 보고 고르세요.")
    draft.body, draft.version, draft.saved_at = body, draft.version + 1, now
    session.flush()
    return draft


def discard_draft(session: Session, draft: VisitDraft) -> None:
    """Throw a draft away because its author said so."""
    session.delete(draft)
    session.flush()


def forget_old_drafts(session: Session, *, before: datetime) -> int:
    """Drop drafts nobody has touched since. Returns how many."""
    return int(session.execute(delete(VisitDraft).where(VisitDraft.saved_at < before)).rowcount)  # type: ignore[attr-defined]


def snapshot(visit: Visit) -> dict[str, Any]:
    """Everything a correction may change, as JSON: what a version keeps."""
    return {
        "occurred_on": visit.occurred_on.isoformat(),
        "began_at": visit.began_at.isoformat(),
        "ended_at": visit.ended_at.isoformat() if visit.ended_at else None,
        "mode": visit.mode.value,
        "purpose": visit.purpose.value,
        "members_seen": sorted(each.member_id for each in visit.attendances),
        "vitals": [[row.member_id, vitals_line([queries.as_reading(row)])] for row in visit.readings],
        "symptom_checks": visit.symptom_checks,
        "actions_taken": visit.actions_taken,
        **{name: getattr(visit, name) for name in TEXTS},
    }


def _fill(visit: Visit, details: VisitDetails, judgements: Judgements, household: Household, *, now: datetime) -> None:
    """Put what was typed on the row. A resident number in a text is masked: none is ever stored."""
    visit.occurred_on, visit.mode, visit.purpose = details.occurred_on, details.mode, details.purpose
    visit.began_at = details.began_at or datetime.combine(details.occurred_on, NOON, KOREA)
    visit.ended_at = details.ended_at
    visit.companion_ids = sorted(details.companion_ids)
    visit.promised_on = details.promised_on
    for name in TEXTS:
        setattr(visit, name, mask_resident_numbers(getattr(details, name)))
    visit.symptom_checks = [
        {"member_id": check.member_id, "symptoms": sorted(check.symptoms)} for check in details.symptom_checks
    ]
    visit.actions_taken = [
        {"member_id": done.member_id, "action": done.action.value, "note": mask_resident_numbers(done.note)}
        for done in details.actions_taken
    ]
    visit.attendances = _attendances(visit, details)
    visit.readings = [_measured(reading, details, judgements, household, now=now) for reading in details.readings]


def _attendances(visit: Visit, details: VisitDetails) -> list[VisitMember]:
    kept = {each.member_id: each for each in visit.attendances}
    return [kept.get(member_id) or VisitMember(member_id=member_id) for member_id in sorted(details.members_seen)]


def _measured(
    reading: Reading, details: VisitDetails, judgements: Judgements, household: Household, *, now: datetime
) -> VitalReading:
    member_id = details.member_of(reading.member_id)
    sex = next((member.sex for member in household.members if member.id == member_id), None)
    judgement = judge(reading, judgements, symptoms=find_symptoms(details, member_id) or (), sex=sex)
    return VitalReading(
        member_id=member_id,
        kind=reading.kind,
        value=reading.value,
        systolic=reading.systolic,
        diastolic=reading.diastolic,
        arm=reading.arm,
        position=reading.position,
        context=reading.context,
        flag=reading.flag,
        not_measured=reading.not_measured,
        measured_at=reading.measured_at or details.began_at or datetime.combine(details.occurred_on, NOON, KOREA),
        judgement_code=judgement.code if judgement else "",
        judgement_label=judgement.label if judgement else "",
        judgement_tone=judgement.tone.value if judgement else "",
        judged_by=judgements.version if judgement else "",
    )


def _known(session: Session, household: Household, visit_id: UUID, actor: Identity) -> Visit | None:
    """The record that this id already made, when it is the same person's about the same household."""
    known = session.get(Visit, visit_id)
    if known is None:
        return None
    if known.household_id != household.id or known.typed_by_id != actor.account_id:
        raise RuleBroken("ID_TAKEN", "이 화면의 번호가 이미 쓰였습니다. 새 화면을 열어 다시 적어 주세요.")
    return known


def _refuse_foreign_health(details: VisitDetails, actor: Identity) -> None:
    if actor.role is not Role.NURSE and (details.nursing_note.strip() or details.readings):
        raise RuleBroken("NURSE_ONLY", "간호 기록과 활력징후는 방문간호사만 적을 수 있습니다.", field="nursing_note")


def _refuse_problems(
    session: Session,
    household: Household,
    details: VisitDetails,
    judgements: Judgements,
    *,
    confirmed: Collection[str],
    proposed_on: date | None = None,
    now: datetime,
) -> None:
    member_ids = {member.id for member in household.members}
    previous = queries.last_values(session, member_ids) if details.readings else {}
    problems = check_visit(details, now=now, members=member_ids, judgements=judgements, previous=previous)
    later = check_next_visit(details.promised_on, proposed_on=proposed_on, reason=details.next_visit_reason)
    unanswered = list_unanswered((*problems, *later), confirmed)
    if unanswered:
        raise ProblemsFound(unanswered)


def _refuse_correction(session: Session, visit: Visit, *, reason: str, version: int) -> None:
    if not reason.strip():
        raise RuleBroken("REASON_NEEDED", "무엇을 왜 고치는지 적어 주세요.", field="reason")
    if visit.state is not VisitState.SUBMITTED:
        raise RuleBroken("NOT_SUBMITTED", "제출한 방문 기록만 정정할 수 있습니다.")
    locked = select(Visit.version).where(Visit.id == visit.id).with_for_update()
    if session.scalar(locked) != version:
        raise StaleRecord("다른 사람이 먼저 정정했습니다. 바뀐 내용을 확인한 뒤 다시 저장해 주세요.")


def _promise(details: VisitDetails, actor: Identity) -> Promise | None:
    if details.promised_on is None:
        return None
    profession = Profession.NURSE if actor.role is Role.NURSE else Profession.WORKER
    return Promise(details.promised_on, details.promise_note, by=profession)


def _contact(contact_id: UUID, details: VisitDetails) -> ContactDetails:
    return ContactDetails(contact_id, details.occurred_on, details.mode, details.purpose, details.members_seen)


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
    if all(before[name] == after[name] for name in ("occurred_on", "mode", "purpose", "members_seen")):
        return
    follow_ups.void_contacts_of(session, household, visit.id, now=now)
    contact = _contact(new_id(), details)
    follow_ups.record_contact(session, household, contact, record_id=visit.id, by_id=visit.by_id, now=now)


def _alert_crises(
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


def _drop_draft(session: Session, visit_id: UUID) -> None:
    session.execute(delete(VisitDraft).where(VisitDraft.id == visit_id))


def _record(session: Session, action: Action, visit: Visit, *, actor: Identity, now: datetime) -> None:
    session.flush()
    audit.record(session, action, subject=f"visit:{visit.id}", household_id=visit.household_id, actor=actor, now=now)
