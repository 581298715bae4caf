"""공동방문: the colleague of the other profession adds their note to the record of the visit they made together."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Role
from app.audit.rules import Action
from app.care.service import Occasion, record_care, replace_care
from app.core.errors import RuleBroken
from app.core.privacy import mask_resident_numbers
from app.follow_ups import service as follow_ups
from app.follow_ups.service import Promise
from app.visits import queries
from app.visits.models import Visit, VisitMember, VisitVersion
from app.visits.queries.second_notes import is_open_for, profession_of, second_profession
from app.visits.rules import Judgements, VisitDetails
from app.visits.rules.second_notes import SHARED_TEXTS, Parts, VersionAct, beside, join_text, joint_purpose, split_text
from app.visits.service.checking import refuse_foreign_health, refuse_problems, writes_health
from app.visits.service.correcting import refuse_locked
from app.visits.service.drafts import drop_draft
from app.visits.service.filling import HEALTH_TEXTS, fill_health, snapshot
from app.visits.service.keeping import keep_planned
from app.visits.service.recording import alert_crises
from app.visits.service.telling import occasion_of, record_access
from app.visits.service.versions import hold_visit, keep_version, refuse_stale, take_contacts_back, tell_contacts

ADDED = VersionAct.SECOND_NOTE
CORRECTED = tuple(name for name in SHARED_TEXTS if name != "field_notes")
"""What a correction of the second note may change; notes from the spot stay as they were."""


def add_second_note(
    session: Session, visit: Visit, details: VisitDetails, *, version: int, confirmed: Collection[str] = (),
    proposed_on: date | None = None, draft_id: UUID | None = None, typed_at: datetime, actor: Identity, now: datetime,
) -> Visit:  # fmt: skip
    """Add one's own note, vitals and promise to a colleague's record, whose text stays as it is.

    When, where and how it was is the record's; of `details` count the texts, readings and promise, and who else was
    seen. Nursing and welfare together are then told as one joint visit. The same note sent again changes nothing.

    Raises:
        RuleBroken: there is no room for the note (another colleague was first, the record was taken back), it is
            empty, or health detail by somebody who is not a nurse.
        StaleRecord: somebody changed the record since the page with `version` was drawn.
        ProblemsFound: as `log_visit`.
    """
    hold_visit(session, visit)
    wanted = beside(facts_of(visit), details, profession_of(actor.role))
    if visit.second_by_id == actor.account_id and _says_the_same(visit, wanted):
        return visit
    _refuse_no_room(visit, actor)
    refuse_stale(visit, version)
    _refuse_empty(wanted, actor)
    judgements = _check(session, visit, wanted, confirmed=confirmed, proposed_on=proposed_on, actor=actor, now=now)
    keep_version(visit, reason=ADDED.label, act=ADDED, actor=actor, now=now)
    is_told_otherwise = _write(session, visit, wanted, judgements, typed_at=min(typed_at, now), actor=actor, now=now)
    _keep_care(session, visit, wanted, actor=actor, now=now)
    _tell(session, visit, wanted, judgements, is_told_otherwise=is_told_otherwise, actor=actor, now=now)
    if draft_id is not None:
        drop_draft(session, draft_id)
    record_access(session, Action.LOG_VISIT, visit, actor=actor, now=now)
    return visit


def correct_second_note(
    session: Session, visit: Visit, details: VisitDetails, *, reason: str, version: int,
    confirmed: Collection[str] = (), actor: Identity, now: datetime,
) -> VisitVersion:  # fmt: skip
    """정정 of the second note by whoever wrote it, or by a supervisor, who leaves health detail as it is.

    Raises:
        RuleBroken: somebody else's note; or as `correct_visit`, like StaleRecord and ProblemsFound.
    """
    if not reason.strip():
        raise RuleBroken("REASON_NEEDED", "무엇을 왜 고치는지 적어 주세요.", field="reason")
    if actor.role is not Role.SUPERVISOR and visit.second_by_id != actor.account_id:
        raise RuleBroken("NOT_YOURS", "자기가 더한 기록만 정정할 수 있습니다.")
    hold_visit(session, visit)
    refuse_locked(visit)
    refuse_stale(visit, version)
    wanted = replace(beside(facts_of(visit), details, profession_of(actor.role)), members_seen=_seen(visit))
    judgements = _check(session, visit, wanted, confirmed=confirmed, actor=actor, now=now)
    before = snapshot(visit)
    kept = keep_version(visit, reason=reason, actor=actor, now=now)
    second = second_profession(visit)
    firsts = {name: split_text(name, getattr(visit, name), second).first for name in CORRECTED}
    _put_texts(visit, firsts, wanted, with_health=writes_health(actor))
    if writes_health(actor):
        fill_health(visit, wanted, judgements, visit.household)
    session.flush()
    if wanted.care is not None:
        replace_care(session, visit.household, wanted.care, _occasion(visit, wanted), actor=actor, now=now)
    if snapshot(visit) == before:
        raise RuleBroken("NOTHING_CHANGED", "바뀐 내용이 없습니다.")
    record_access(session, Action.CORRECT_VISIT, visit, actor=actor, now=now)
    return kept


def second_texts(visit: Visit) -> dict[str, str]:
    """The texts of a record as its second writer wrote them."""
    second = second_profession(visit)
    return {name: split_text(name, getattr(visit, name), second).second for name in SHARED_TEXTS}


def _refuse_no_room(visit: Visit, actor: Identity) -> None:
    if visit.second_by is not None and visit.second_by_id == actor.account_id:
        raise RuleBroken("ADDED_ALREADY", "이미 내 기록을 더했습니다. 고치려면 방문 기록에서 정정해 주세요.")
    if visit.second_by is not None:
        text = f"{visit.second_by.title}님의 기록이 먼저 더해졌습니다. 내 기록은 따로 한 방문으로 남겨 주세요."
        raise RuleBroken("JOINED_ALREADY", text)
    if not is_open_for(visit, actor.role):
        raise RuleBroken("NO_ROOM", "이 기록에는 더할 수 없습니다. 내 기록은 따로 한 방문으로 남겨 주세요.")


def _refuse_empty(details: VisitDetails, actor: Identity) -> None:
    said = (details.welfare_note, details.nursing_note, details.shared_line, details.field_notes)
    is_idle = details.care is None or details.care.is_empty
    if not any(text.strip() for text in said) and not details.readings and is_idle:
        field = "nursing_note" if writes_health(actor) else "welfare_note"
        raise RuleBroken("EMPTY_NOTE", "내 기록을 적어 주세요.", field=field)


def facts_of(visit: Visit) -> VisitDetails:
    """What a record says already and a second note does not touch: when, where, how it was, who was there."""
    return VisitDetails(
        visit_id=visit.id, household_id=visit.household_id, occurred_on=visit.occurred_on, mode=visit.mode,
        purpose=visit.purpose, began_at=visit.began_at, ended_at=visit.ended_at, place=visit.place,
        members_seen=_seen(visit), told_to=visit.told_to, companion_ids=frozenset(visit.companion_ids),
        companion_name=visit.companion_name, alone_because=visit.alone_because,
    )  # fmt: skip


def _seen(visit: Visit) -> frozenset[int]:
    return frozenset(each.member_id for each in visit.attendances)


def _check(
    session: Session, visit: Visit, details: VisitDetails, *, confirmed: Collection[str], actor: Identity,
    proposed_on: date | None = None, now: datetime,
) -> Judgements:  # fmt: skip
    refuse_foreign_health(details, actor)
    judgements = queries.judgements_in_force(session, visit.occurred_on)
    refuse_problems(
        session, visit.household, details, judgements, confirmed=confirmed, proposed_on=proposed_on, actor=actor,
        now=now,
    )  # fmt: skip
    return judgements


def _says_the_same(visit: Visit, details: VisitDetails) -> bool:
    """Whether this is the note that stands already, sent once more."""
    second = second_profession(visit)
    return all(
        mask_resident_numbers(getattr(details, name)) == split_text(name, getattr(visit, name), second).second
        for name in SHARED_TEXTS
    )


def _write(
    session: Session, visit: Visit, details: VisitDetails, judgements: Judgements, *, typed_at: datetime,
    actor: Identity, now: datetime,
) -> bool:  # fmt: skip
    """Put the note on the row; returns whether the visit must be told otherwise now."""
    added, firsts = sorted(details.members_seen - _seen(visit)), {name: getattr(visit, name) for name in SHARED_TEXTS}
    purpose = joint_purpose(visit.purpose, profession_of(actor.role))
    is_told_otherwise = bool(added) or purpose is not visit.purpose
    visit.attendances.extend(VisitMember(member_id=member_id) for member_id in added)
    visit.purpose = purpose
    visit.companion_ids = sorted({*visit.companion_ids, actor.account_id})
    visit.second_by_id, visit.second_typed_at, visit.second_received_at = actor.account_id, typed_at, now
    session.flush()
    session.refresh(visit, ["second_by"])
    _put_texts(visit, firsts, details, with_health=writes_health(actor))
    if writes_health(actor):
        fill_health(visit, details, judgements, visit.household)
    session.flush()
    return is_told_otherwise


def _put_texts(visit: Visit, firsts: Mapping[str, str], details: VisitDetails, *, with_health: bool) -> None:
    """Each of these texts as the first writer's part says, with the second part as typed; resident numbers are masked."""
    second = second_profession(visit)
    for name, first in firsts.items():
        if with_health or name not in HEALTH_TEXTS:
            typed = mask_resident_numbers(getattr(details, name))
            setattr(visit, name, join_text(name, Parts(first, typed), second))


def _keep_care(session: Session, visit: Visit, details: VisitDetails, *, actor: Identity, now: datetime) -> None:
    if details.care is not None:
        record_care(session, visit.household, details.care, _occasion(visit, details), actor=actor, now=now)


def _occasion(visit: Visit, details: VisitDetails) -> Occasion:
    """The visit as what its second writer did, rated and checked on it hangs on it."""
    return replace(occasion_of(visit, details), author_id=visit.second_by_id or visit.by_id)


def _tell(
    session: Session, visit: Visit, details: VisitDetails, judgements: Judgements, *, is_told_otherwise: bool,
    actor: Identity, now: datetime,
) -> None:  # fmt: skip
    """Tell the contact again where it counts for more now, with the colleague's own promise and alarming readings."""
    household = visit.household
    if is_told_otherwise:
        take_contacts_back(session, visit, now=now)
        tell_contacts(session, visit, actor=actor, now=now)
    keep_planned(session, visit, actor=actor, now=now)
    if details.promised_on is not None:
        promised = Promise(details.promised_on, details.promise_note, by=profession_of(actor.role))
        follow_ups.promise_visit(
            session, household, promised, made_on=visit.occurred_on, by_id=actor.account_id, now=now
        )
    alert_crises(session, household, details, judgements, now=now)
