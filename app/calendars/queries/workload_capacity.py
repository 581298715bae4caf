"""How many visits fit into somebody's day: what is usual of the role, what was set instead, and who set it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Role
from app.accounts.models import Account
from app.audit.models import AccessLog
from app.audit.rules import Action
from app.calendars.rules.workload_defaults import UsualCapacity, usual_capacities, visits_per_day
from app.core.errors import NotFound
from app.core.keys import LARGEST_KEY
from app.core.shipped import shipped_document

VISITING = (Role.NURSE, Role.WORKER, Role.SUPERVISOR)


@dataclass(frozen=True, slots=True)
class CapacityChange:
    """One change of somebody's capacity, as the access log keeps it."""

    at: datetime
    by: str
    words: str
    """«하루 방문 5 → 3»."""


@cache
def usual() -> Mapping[Role, UsualCapacity]:
    """What is usual of each role, as shipped."""
    return usual_capacities(shipped_document("capacity.json"))


def day_of(account: Account) -> int:
    """Visits that fit into a working day of this person: their own number, else what is usual of the role."""
    return visits_per_day(account.visits_per_day, account.role, usual())


def subject_of(account_id: int) -> str:
    """What the access log calls somebody's capacity."""
    return f"capacity:{account_id}"


def get_visiting_account(session: Session, who: Identity, account_id: int) -> Account:
    """Somebody in scope whose role visits, or NotFound."""
    account = session.get(Account, account_id) if account_id <= LARGEST_KEY else None
    if account is None or account.centre_id not in who.centre_ids or account.role not in VISITING:
        raise NotFound
    return account


def list_capacity_changes(session: Session, account: Account) -> Sequence[CapacityChange]:
    """Who changed somebody's capacity, when and from what to what, newest first."""
    setters = select(Account.id).where(Account.centre_id == account.centre_id, Account.role == Role.SUPERVISOR)
    statement = (
        select(AccessLog.at, Account.name, AccessLog.detail)
        .join(Account, Account.id == AccessLog.actor_id)
        .where(
            AccessLog.chain == f"centre-{account.centre_id}", AccessLog.actor_id.in_(setters),
            AccessLog.action == Action.CHANGE, AccessLog.subject == subject_of(account.id),
        )
        .order_by(AccessLog.id.desc())
        .limit(20)
    )  # fmt: skip
    return [CapacityChange(*row) for row in session.execute(statement)]
