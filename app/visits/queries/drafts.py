"""Read what people have begun to write: their own, and of visible households."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.core.database import fetch
from app.households.models import Household
from app.visits.models import VisitDraft

SECOND = "second"
"""Drafts of one's own note beside a colleague's record."""


def find_draft(session: Session, who: Identity, draft_id: UUID) -> VisitDraft | None:
    """One's own draft by its id; somebody else's does not exist."""
    statement = select(VisitDraft).where(VisitDraft.id == draft_id, VisitDraft.account_id == who.account_id)
    return session.scalars(statement).one_or_none()


_OPEN = (
    select(VisitDraft)
    .where(
        VisitDraft.account_id == bindparam("account_id"),
        VisitDraft.household_id == bindparam("of_household"),
        VisitDraft.form == bindparam("of_form"),
    )
    .order_by(VisitDraft.saved_at.desc())
    .limit(1)
)


def find_open_draft(session: Session, who: Identity, household_id: int, form: str) -> VisitDraft | None:
    """What this person began to write about a household and has not submitted, the newest."""
    bound = {"account_id": who.account_id, "of_household": household_id, "of_form": form}
    return session.scalars(_OPEN, bound).first()


class Titled(NamedTuple):
    """A household, as a draft names it."""

    title: str


class DraftRecord(NamedTuple):
    """A draft as a list shows it; the fields of `VisitDraft` by their names."""

    id: UUID
    form: str
    household_id: int
    saved_at: datetime
    household: Titled


_DRAFTS: Any = (
    select(*(getattr(VisitDraft, name) for name in DraftRecord._fields[:-1]), Household.title)
    .join(Household, Household.id == VisitDraft.household_id)
    .where(
        VisitDraft.account_id == bindparam("account_id"),
        VisitDraft.form != SECOND,
        Household.centre_id.in_(bindparam("centre_ids", expanding=True)),
    )
    .order_by(VisitDraft.saved_at.desc())
)


def list_drafts(session: Session, who: Identity) -> list[DraftRecord]:
    """One's own drafts of visible households, the newest first; those of second notes are found by their visit."""
    rows = fetch(session, _DRAFTS, {"account_id": who.account_id, "centre_ids": who.centre_ids})
    return [DraftRecord._make((*values, Titled(title))) for *values, title in rows]
