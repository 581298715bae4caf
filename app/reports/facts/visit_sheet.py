"""F05: visit records as sheets, each with no more than its reader may see."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission, Role
from app.access.policy import can
from app.accounts.models import Account
from app.attachments.service import FileStore
from app.core.text import format_phone
from app.follow_ups.rules import Purpose
from app.households.rules import Benefit
from app.reports.facts.persons import age_text
from app.reports.facts.visit_health import gather_health
from app.reports.facts.visit_pictures import gather_photos, gather_signatures
from app.reports.rules import (
    NURSING_WITHHELD,
    CorrectionFacts,
    Letterhead,
    NotedFacts,
    SheetFacts,
    SheetForm,
    SheetMemberFacts,
    SheetWishes,
    VisitSheetFacts,
    wording,
)
from app.visits.models import Visit
from app.visits.rules import Tried, VisitState, lateness


def gather_visit_sheets(
    session: Session,
    who: Identity,
    visits: Sequence[Visit],
    wishes: SheetWishes,
    letterhead: Letterhead,
    *,
    pictures: FileStore | None = None,
) -> VisitSheetFacts:
    """The facts of these visits' sheets in the order of the day; unmasked, to be masked by the caller.

    The caller has loaded the visits within the reader's scope. With `pictures`, where the files lie, photos are in it.
    """
    in_order = sorted(visits, key=lambda visit: (visit.began_at, str(visit.id)))
    return VisitSheetFacts(
        letterhead=letterhead,
        subject=subject_of(visits, wishes),
        empty=wishes.empty,
        sheets=tuple(_sheet(session, who, visit, wishes.form or form_of(visit), pictures) for visit in in_order),
        blanks=wishes.blanks,
    )


def subject_of(visits: Sequence[Visit], wishes: SheetWishes) -> str:
    """One short key for these visits on this form, whoever prints them: the copies of a paper are counted by it."""
    named = [
        *sorted(str(visit.id) for visit in visits),
        str(wishes.form),
        *wishes.blanks,
        *(["photos"] if wishes.with_photos else []),
    ]
    return hashlib.sha256("\n".join(named).encode()).hexdigest()[:24]


def form_of(visit: Visit) -> SheetForm:
    """The form of whoever made the record; a joint visit with a nurse's part goes on the nurse's."""
    is_nursing = visit.by.role is Role.NURSE or visit.purpose in (Purpose.NURSING, Purpose.JOINT)
    return SheetForm.NURSING if is_nursing else SheetForm.WELFARE


def _sheet(session: Session, who: Identity, visit: Visit, form: SheetForm, pictures: FileStore | None) -> SheetFacts:
    reads_health = can(who, Permission.READ_NURSING_NOTE, visit)
    tells_nursing = form is SheetForm.NURSING or visit.purpose is Purpose.JOINT or visit.second_by_id is not None
    health = gather_health(session, who, visit, tells_health=tells_nursing and reads_health)
    return SheetFacts(
        form=form,
        **_household(visit),
        **_occasion(session, visit),
        absence=tuple(_absence(visit)),
        welfare_note=visit.welfare_note,
        shared_line=visit.shared_line,
        nursing_note=visit.nursing_note if tells_nursing and reads_health else "",
        nursing_withheld=NURSING_WITHHELD if tells_nursing and not reads_health and _has_health(visit) else "",
        **health,
        promised_on=visit.promised_on,
        promise_note=visit.promise_note,
        next_visit_reason=visit.next_visit_reason,
        told_to=visit.told_to,
        corrections=tuple(
            CorrectionFacts(number=each.number, at=each.at, by=each.by.name, reason=each.reason)
            for each in visit.corrections
        ),
        signatures=gather_signatures(session, who, visit),
        photos=gather_photos(session, who, visit, pictures, with_health=tells_nursing and reads_health),
    )


def _has_health(visit: Visit) -> bool:
    return bool(visit.nursing_note.strip() or visit.readings)


def _household(visit: Visit) -> dict[str, Any]:
    household = visit.household
    seen = {each.member_id for each in visit.attendances}
    return {
        "number": household.number,
        "name": household.title,
        "address": household.address,
        "phone": format_phone(household.phone),
        "household_type": household.household_type.label,
        "benefits": tuple(Benefit(value).label for value in household.benefits),
        "risk": household.risk.label,
        "worker": household.worker.name if household.worker else "",
        "nurse": household.nurse.name if household.nurse else "",
        "members": tuple(
            SheetMemberFacts(
                name=member.name,
                relation=member.relation.label,
                sex=member.sex.label if member.sex else "",
                age=age_text(member, visit.occurred_on),
                was_seen=member.id in seen,
            )
            for member in household.members
            if member.is_present or member.id in seen
        ),
    }


def _occasion(session: Session, visit: Visit) -> dict[str, Any]:
    names = _people(session, [each for each in visit.companion_ids if each != visit.second_by_id])
    return {
        "occurred_on": visit.occurred_on,
        "began_at": visit.began_at,
        "ended_at": visit.ended_at,
        "typed_at": visit.typed_at,
        "received_at": visit.received_at,
        "mode": visit.mode.label,
        "purpose": visit.purpose.label,
        "place": visit.place,
        "visited_by": tuple(person.title for person in (visit.by, visit.second_by) if person),
        "companions": tuple(name for name in (*names, visit.companion_name) if name.strip()),
        "alone_because": visit.alone_because,
        "late": lateness(visit.occurred_on, visit.typed_at) or "",
        "voided": _voided(visit),
    }


def _people(session: Session, account_ids: Sequence[int]) -> list[str]:
    found = {each.id: each.title for each in session.scalars(select(Account).where(Account.id.in_(account_ids)))}
    return [found[each] for each in account_ids if each in found]


def _voided(visit: Visit) -> str:
    if visit.voided_at is None:
        return ""
    by = visit.voided_by.name if visit.voided_by else ""
    return f"{visit.voided_because.rstrip('. ')}. {wording.moment(visit.voided_at)} {by}".strip()


def _absence(visit: Visit) -> Iterator[NotedFacts]:
    if visit.state is VisitState.CANCELLED:
        yield NotedFacts(member="", what="취소한 까닭", said=visit.cancelled_because)
    if visit.state is not VisitState.ABSENT:
        return
    tried = ", ".join(Tried(way).label for way in visit.tried)
    yield NotedFacts(member="", what="해 본 것", said=tried)
    yield NotedFacts(member="", what="안내문", said="두고 왔음" if visit.notice_left else "없음")
    yield NotedFacts(member="", what="이웃·관리소", said=visit.neighbour_asked)
    yield NotedFacts(member="", what="메모", said=visit.absence_note)
