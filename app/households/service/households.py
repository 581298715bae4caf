"""Add a household, change what is known of it, stop and resume looking after it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.accounts.models import Centre
from app.audit import service as audit
from app.audit.rules import Action
from app.core.clock import korean_date
from app.core.errors import NotFound, RuleBroken
from app.core.privacy import mask_resident_numbers
from app.core.text import normalise
from app.households.models import Household, HouseholdChange, Member
from app.households.rules import ClosureReason, HouseholdDetails, HouseholdStatus, Risk
from app.households.service.keeping import (
    apply_columns,
    keep,
    note,
    record_change,
    refresh_grams,
    refuse_stale,
    title_of,
)
from app.households.service.stored import HOUSEHOLD_FIELDS, household_columns, member_columns


def create_household(session: Session, details: HouseholdDetails, *, actor: Identity, now: datetime) -> Household:
    """Add a household with its members; the first member is the head and gives it its title.

    Raises:
        RuleBroken: no member has a name.
        NotFound: the centre is out of scope.
    """
    if not details.members or not normalise(details.members[0].name):
        raise RuleBroken("NAME_NEEDED", "세대주 이름을 적어 주세요. 모르면 «이름 모름»이라고 적습니다.", field="name")
    centre = _locked_centre(session, details.centre_id, actor)
    centre.last_household_number += 1
    household = Household(
        number=f"{centre.code}-{centre.last_household_number:04d}", centre_id=centre.id, title="", created_at=now,
        created_by_id=actor.account_id, status=HouseholdStatus.ACTIVE, risk=Risk.NONE, absences_in_row=0, version=1,
        **household_columns(details),
    )  # fmt: skip
    session.add(household)
    household.members = [
        Member(position=position, **member_columns(member)) for position, member in enumerate(details.members)
    ]
    household.flags = []
    household.title = title_of(household.members)
    session.flush()
    refresh_grams(session, household, is_new=True)
    subject = f"household:{household.id}"
    audit.record(session, Action.CREATE, subject=subject, household_id=household.id, actor=actor, now=now)
    return household


def edit_household(
    session: Session,
    household: Household,
    details: HouseholdDetails,
    *,
    version: int,
    actor: Identity,
    now: datetime,
) -> list[HouseholdChange]:
    """Change what is known of a household (members have their own verbs); returns the changed fields.

    Raises:
        StaleRecord: somebody saved since the form was opened with `version`.
    """
    refuse_stale(session, household, version)
    changes = list(apply_columns(household, household_columns(details), HOUSEHOLD_FIELDS))
    return keep(session, household, changes, actor=actor, now=now)


def close_household(
    session: Session, household: Household, reason: ClosureReason, *, note: str, actor: Identity, now: datetime
) -> None:
    """Stop looking after a household. Its dues end with it; `reopen_household` takes this back.

    Raises:
        RuleBroken: it is closed already, or «기타» has no words.
    """
    if not household.is_active:
        raise RuleBroken("CLOSED_ALREADY", "이미 종료한 가구입니다.")
    if reason is ClosureReason.OTHER and not note.strip():
        raise RuleBroken("REASON_NEEDED", "기타 사유를 적어 주세요.", field="note")
    household.status, household.closed_on = HouseholdStatus.CLOSED, korean_date(now)
    household.closure_reason, household.closure_note = reason, mask_resident_numbers(note)
    _note_status(session, household, "관리 중", f"종료 ({reason.label})", actor=actor, now=now)
    session.flush()
    subject = f"household:{household.id}"
    audit.record(session, Action.CLOSE, subject=subject, household_id=household.id, actor=actor, now=now)


def reopen_household(session: Session, household: Household, *, actor: Identity, now: datetime) -> None:
    """Look after a closed household again; an active one is left alone."""
    if household.is_active:
        return
    household.status, household.closed_on = HouseholdStatus.ACTIVE, None
    _note_status(session, household, "종료", "관리 중", actor=actor, now=now)
    record_change(session, household, "다시 관리", actor=actor, now=now)


def _note_status(
    session: Session, household: Household, before: str, after: str, *, actor: Identity, now: datetime
) -> None:
    note(session, household, [("상태", before, after)], actor=actor, now=now)


def _locked_centre(session: Session, centre_id: int, actor: Identity) -> Centre:
    """The centre, held until the commit so that no two households get one number."""
    if actor.account_id is not None and centre_id not in actor.centre_ids:
        raise NotFound
    locked = select(Centre).where(Centre.id == centre_id).with_for_update(of=Centre)
    return session.scalars(locked.execution_options(populate_existing=True)).one()
