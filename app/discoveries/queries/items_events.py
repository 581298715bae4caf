"""What happened to the items of a household, for its line of time and its banner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.core.clock import korean_date
from app.discoveries.models import DiscoveryItem, ItemAttempt
from app.discoveries.rules import ItemOutcome, ItemState


@dataclass(frozen=True, slots=True)
class ItemEvent:
    """One line: a report that came in, a try, or an outcome."""

    at: datetime
    title: str
    text: str
    by: str
    item_id: int
    is_outcome: bool = False


@dataclass(frozen=True, slots=True)
class LastOutcome:
    """How the newest finished item of a household ended."""

    outcome: ItemOutcome
    at: datetime

    @property
    def words(self) -> str:
        """«지원 불필요(2026-09-03)»."""
        return f"{self.outcome.label}({korean_date(self.at)})"


def list_item_events(session: Session, household_id: int) -> list[ItemEvent]:
    """Tries and outcomes of the household's items, in no order."""
    return [*_tries(session, household_id), *_outcomes(session, household_id)]


def last_outcome(session: Session, household_id: int) -> LastOutcome | None:
    """The newest outcome that holds; what only waits for approval is none yet."""
    statement = (
        select(DiscoveryItem.outcome, DiscoveryItem.outcome_at)
        .where(
            DiscoveryItem.household_id == household_id, DiscoveryItem.outcome.is_not(None),
            DiscoveryItem.outcome_at.is_not(None), DiscoveryItem.state != ItemState.ASKED,
        )
        .order_by(DiscoveryItem.outcome_at.desc(), DiscoveryItem.id.desc())
    )  # fmt: skip
    row = session.execute(statement.limit(1)).one_or_none()
    return LastOutcome(row.outcome, row.outcome_at) if row and row.outcome and row.outcome_at else None


def _tries(session: Session, household_id: int) -> list[ItemEvent]:
    statement = (
        select(ItemAttempt, Account.name)
        .join(DiscoveryItem, DiscoveryItem.id == ItemAttempt.item_id)
        .join(Account, Account.id == ItemAttempt.by_id)
        .where(DiscoveryItem.household_id == household_id)
    )
    return [
        ItemEvent(row.at, f"발굴 확인: {row.mode.label}", row.note, name, row.item_id)
        for row, name in session.execute(statement)
    ]


def _outcomes(session: Session, household_id: int) -> list[ItemEvent]:
    statement = (
        select(DiscoveryItem, Account.name)
        .outerjoin(Account, Account.id == DiscoveryItem.outcome_by_id)
        .where(DiscoveryItem.household_id == household_id, DiscoveryItem.outcome_at.is_not(None))
    )
    events = []
    for item, name in session.execute(statement):
        if item.outcome is not None and item.outcome_at is not None:
            waits = " (결재 기다림)" if item.state is ItemState.ASKED else ""
            title = f"발굴 결과: {item.outcome.label}{waits}"
            events.append(ItemEvent(item.outcome_at, title, item.outcome_note, name or "", item.id, is_outcome=True))
    return events
