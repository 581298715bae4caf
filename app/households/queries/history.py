"""What was judged of a household and what was changed, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from app.accounts.models import Account
from app.core.database import fetch
from app.households.models import HouseholdChange, RiskChange
from app.households.rules import Risk


class Named(NamedTuple):
    """Somebody, as records name them."""

    name: str


class RiskJudged(NamedTuple):
    """One judgement of risk, with its reason and its author."""

    risk: Risk
    reason: str
    on: date
    by_id: int | None
    by: Named | None


_RISKS: Any = (
    select(RiskChange.risk, RiskChange.reason, RiskChange.on, RiskChange.by_id, Account.name)
    .outerjoin(Account, Account.id == RiskChange.by_id)
    .where(RiskChange.household_id == bindparam("of_household"))
    .order_by(RiskChange.id.desc())
)


def list_risk_changes(session: Session, household_id: int) -> list[RiskJudged]:
    """Every judgement of risk, newest first."""
    rows = fetch(session, _RISKS, {"of_household": household_id})
    return [RiskJudged._make((*judged, Named(by) if by else None)) for *judged, by in rows]


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
