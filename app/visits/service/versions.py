"""What every change of a stored record has to do: wait for the others, keep what stood there, tell the contact again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.core.database import new_id
from app.core.errors import StaleRecord
from app.core.privacy import mask_resident_numbers
from app.follow_ups import service as follow_ups
from app.follow_ups.rules import ContactMode
from app.follow_ups.service import ContactDetails
from app.visits.models import Visit, VisitVersion
from app.visits.rules import VisitState
from app.visits.rules.second_notes import VersionAct
from app.visits.service.filling import snapshot
from app.visits.service.keeping import keep_planned, release_kept

CHANGED_MEANWHILE = "다른 사람이 먼저 고쳤습니다. 바뀐 내용을 확인한 뒤 다시 저장해 주세요."


def hold_visit(session: Session, visit: Visit) -> None:
    """Wait until nobody else is changing this record or what is due of its household, and see what they left."""
    follow_ups.hold(session, visit.household)
    session.scalar(select(Visit.version).where(Visit.id == visit.id).with_for_update())
    session.refresh(visit)
    session.expire(visit, ["versions", "attendances", "readings", "second_by", "voided_by"])


def refuse_stale(visit: Visit, version: int) -> None:
    """Refuse to build on a version that stands no more; after `hold_visit`.

    Raises:
        StaleRecord: somebody changed the record since the page with `version` was drawn.
    """
    if visit.version != version:
        raise StaleRecord(CHANGED_MEANWHILE)


def keep_version(
    visit: Visit, *, reason: str, act: VersionAct | None = None, actor: Identity, now: datetime
) -> VisitVersion:
    """Keep what stands in the record as a version; whoever calls it changes the record next."""
    before = snapshot(visit) | ({"act": act.value} if act else {})
    kept = VisitVersion(
        number=visit.version, before=before, reason=mask_resident_numbers(reason), at=now, by_id=actor.account_id
    )
    visit.versions.append(kept)
    visit.version += 1
    return kept


def tell_contacts(session: Session, visit: Visit, *, actor: Identity, now: datetime) -> None:
    """Let the record count again as it stands now: its contacts under new ids, and what it keeps of the calendar."""
    for contact in _contacts(visit):
        follow_ups.record_contact(session, visit.household, contact, record_id=visit.id, by_id=visit.by_id, now=now)
    keep_planned(session, visit, actor=actor, now=now)


def take_contacts_back(session: Session, visit: Visit, *, now: datetime) -> None:
    """Let what the record told count for nothing, and what it kept of the calendar stand again."""
    follow_ups.void_contacts_of(session, visit.household, visit.id, now=now)
    release_kept(session, visit.id, now=now)


def _contacts(visit: Visit) -> Iterator[ContactDetails]:
    """What the record says happened: nothing where the visit did not take place."""
    modes = [] if visit.state is VisitState.CANCELLED else [visit.mode]
    if visit.state is VisitState.ABSENT and visit.neighbour_asked.strip():
        modes.append(ContactMode.NEIGHBOUR)
    members = frozenset(each.member_id for each in visit.attendances)
    for mode in modes:
        yield ContactDetails(new_id(), visit.occurred_on, mode, visit.purpose, members, happened_at=visit.began_at)
