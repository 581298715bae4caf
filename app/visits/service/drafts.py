"""Drafts: what has been typed and not yet submitted."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, bindparam, delete
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.core.errors import RuleBroken, StaleRecord
from app.core.privacy import mask_resident_numbers
from app.households.models import Household
from app.visits.models import Visit, VisitDraft


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

    Resident numbers are masked: none is ever stored, not even for the time of writing.

    Raises:
        StaleRecord: another tab or tablet saved the same draft since.
        RuleBroken: the record was submitted already, or the id is another draft's.
    """
    draft = _own_draft(session, household, draft_id, form=form, actor=actor)
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
    draft.body, draft.version, draft.saved_at = _masked(body), draft.version + 1, now
    session.flush()
    return draft


def _masked(typed: Any) -> Any:
    if isinstance(typed, str):
        return mask_resident_numbers(typed)
    if isinstance(typed, dict):
        return {name: _masked(value) for name, value in typed.items()}
    return [_masked(value) for value in typed] if isinstance(typed, list) else typed


def _own_draft(
    session: Session, household: Household, draft_id: UUID, *, form: str, actor: Identity
) -> VisitDraft | None:
    if session.get(Visit, draft_id) is not None:
        raise RuleBroken("SUBMITTED_ALREADY", "이미 제출한 기록입니다. 고치려면 정정해 주세요.")
    draft = session.get(VisitDraft, draft_id)
    if draft is None:
        return None
    if (draft.account_id, draft.household_id, draft.form) != (actor.account_id, household.id, form):
        raise RuleBroken("ID_TAKEN", "이 화면의 번호가 이미 쓰였습니다. 새 화면을 열어 다시 적어 주세요.")
    return draft


def discard_draft(session: Session, draft: VisitDraft) -> None:
    """Throw a draft away because its author said so."""
    session.delete(draft)
    session.flush()


def forget_old_drafts(session: Session, *, before: datetime) -> int:
    """Drop drafts nobody has touched since. Returns how many."""
    return int(session.execute(delete(VisitDraft).where(VisitDraft.saved_at < before)).rowcount)  # type: ignore[attr-defined]


DRAFTS = cast(Table, VisitDraft.__table__)
_DROP = DRAFTS.delete().where(DRAFTS.c.id == bindparam("of_visit"))


def drop_draft(session: Session, visit_id: UUID) -> None:
    """The record is submitted: its draft goes."""
    session.connection().execute(_DROP, {"of_visit": visit_id})
