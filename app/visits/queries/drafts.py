"""Read what people have begun to write: their own, and of visible households."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.access.identity import Identity
from app.households.models import Household
from app.households.queries import visible_to
from app.visits.models import VisitDraft


def find_draft(session: Session, who: Identity, draft_id: UUID) -> VisitDraft | None:
    """One's own draft by its id; somebody else's does not exist."""
    statement = select(VisitDraft).where(VisitDraft.id == draft_id, VisitDraft.account_id == who.account_id)
    return session.scalars(statement).one_or_none()


def find_open_draft(session: Session, who: Identity, household_id: int, form: str) -> VisitDraft | None:
    """What this person began to write about a household and has not submitted, the newest."""
    statement = select(VisitDraft).where(
        VisitDraft.account_id == who.account_id, VisitDraft.household_id == household_id, VisitDraft.form == form
    )
    return session.scalars(statement.order_by(VisitDraft.saved_at.desc()).limit(1)).first()


def list_drafts(session: Session, who: Identity) -> Sequence[VisitDraft]:
    """One's own drafts of visible households, the newest first."""
    statement = (
        select(VisitDraft)
        .join(Household)
        .where(VisitDraft.account_id == who.account_id, visible_to(who))
        .options(joinedload(VisitDraft.household))
    )
    return session.scalars(statement.order_by(VisitDraft.saved_at.desc())).all()
