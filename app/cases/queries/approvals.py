"""Read 결재: what waits for a supervisor, what became of the rest."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.access.identity import Identity
from app.cases.models import Approval, Case
from app.cases.rules import ApprovalKind, Verdict
from app.core.errors import NotFound
from app.core.keys import LARGEST_KEY
from app.households.models import Household
from app.households.queries import visible_to


def list_waiting(session: Session, who: Identity) -> Sequence[Approval]:
    """What waits for a decision in the scope, the longest first."""
    statement = (
        select(Approval)
        .join(Case, Case.id == Approval.case_id)
        .join(Household, Household.id == Case.household_id)
        .where(visible_to(who), Approval.decided_at.is_(None))
        .options(joinedload(Approval.case).joinedload(Case.household), joinedload(Approval.asked_by))
        .order_by(Approval.asked_at, Approval.id)
    )
    return session.scalars(statement).all()


def count_waiting(session: Session, who: Identity) -> int:
    """How many wait for a decision in the scope."""
    statement = (
        select(func.count())
        .select_from(Approval)
        .join(Case, Case.id == Approval.case_id)
        .join(Household, Household.id == Case.household_id)
        .where(visible_to(who), Approval.decided_at.is_(None))
    )
    return session.scalar(statement) or 0


def list_decided(session: Session, who: Identity, *, most: int = 30) -> Sequence[Approval]:
    """The newest that were decided or taken back in the scope."""
    statement = (
        select(Approval)
        .join(Case, Case.id == Approval.case_id)
        .join(Household, Household.id == Case.household_id)
        .where(visible_to(who), Approval.decided_at.is_not(None))
        .options(joinedload(Approval.case).joinedload(Case.household), joinedload(Approval.asked_by))
        .order_by(Approval.decided_at.desc(), Approval.id.desc())
        .limit(most)
    )
    return session.scalars(statement).all()


def get_approval(session: Session, who: Identity, approval_id: int) -> Approval:
    """One request of a visible household, or NotFound."""
    if approval_id > LARGEST_KEY:
        raise NotFound
    statement = (
        select(Approval)
        .join(Case, Case.id == Approval.case_id)
        .join(Household, Household.id == Case.household_id)
        .where(Approval.id == approval_id, visible_to(who))
    )
    row = session.scalars(statement).first()
    if row is None:
        raise NotFound
    return row


def waiting_of(session: Session, case_id: int, kind: ApprovalKind) -> Approval | None:
    """The request of a kind that waits for a case; None when none does."""
    statement = select(Approval).where(
        Approval.case_id == case_id, Approval.kind == kind, Approval.decided_at.is_(None)
    )
    return session.scalars(statement).first()


def was_approved(session: Session, case_id: int, kind: ApprovalKind) -> bool:
    """Whether the newest decision of a kind about a case was yes."""
    statement = select(Approval.verdict).where(
        Approval.case_id == case_id, Approval.kind == kind, Approval.verdict.is_not(None)
    )
    return session.scalar(statement.order_by(Approval.id.desc()).limit(1)) is Verdict.APPROVED
