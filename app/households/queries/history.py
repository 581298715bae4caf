"""What was judged of a household and what was changed, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.households.models import HouseholdChange, RiskChange


def list_risk_changes(session: Session, household_id: int) -> Sequence[RiskChange]:
    """Every judgement of risk, newest first."""
    statement = select(RiskChange).where(RiskChange.household_id == household_id).options(joinedload(RiskChange.by))
    return session.scalars(statement.order_by(RiskChange.id.desc())).all()


def list_changes(
    session: Session, household_id: int, *, after: int | None = None, limit: int = 200
) -> Sequence[HouseholdChange]:
    """Edited fields, newest first, one more than `limit` when there are older ones; `after` goes on from that id."""
    statement = select(HouseholdChange).where(HouseholdChange.household_id == household_id)
    if after is not None:
        statement = statement.where(HouseholdChange.id < after)
    newest = statement.options(joinedload(HouseholdChange.by)).order_by(HouseholdChange.id.desc())
    return session.scalars(newest.limit(limit + 1)).all()


def list_changes_since(session: Session, household_id: int, since: datetime) -> Sequence[HouseholdChange]:
    """Edited fields after a moment, oldest first."""
    statement = select(HouseholdChange).where(HouseholdChange.household_id == household_id, HouseholdChange.at > since)
    return session.scalars(statement.options(joinedload(HouseholdChange.by)).order_by(HouseholdChange.id)).all()
