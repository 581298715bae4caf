"""Read restricted tasks and public numbers. Whoever is not named does not learn that a task exists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.accounts.models import Account
from app.core.errors import NotFound
from app.core.keys import LARGEST_KEY
from app.households.models import Household
from app.households.queries import visible_to
from app.safety.models import HotlineVersion, ProtectionTask
from app.safety.rules import ProtectionKind


@dataclass(frozen=True, slots=True)
class Hotline:
    """A public number."""

    number: str
    name: str
    use: str


def list_protection(
    session: Session, who: Identity, *, household_id: int | None = None, open_only: bool = False
) -> Sequence[ProtectionTask]:
    """The tasks `who` may see, the open ones first, the newest first."""
    statement = (
        select(ProtectionTask)
        .join(Household, Household.id == ProtectionTask.household_id)
        .where(visible_to(who))
        .options(joinedload(ProtectionTask.household), joinedload(ProtectionTask.member))
        .order_by(ProtectionTask.closed_at.is_not(None), ProtectionTask.id.desc())
    )
    if household_id is not None:
        statement = statement.where(ProtectionTask.household_id == household_id)
    if open_only:
        statement = statement.where(ProtectionTask.closed_at.is_(None))
    return [task for task in session.scalars(statement) if can(who, Permission.SEE_PROTECTION, task)]


def list_late_protection(session: Session, *, now: datetime) -> Sequence[ProtectionTask]:
    """The open tasks of everybody about which nothing was reported in time, for the timetable."""
    statement = select(ProtectionTask).where(
        ProtectionTask.closed_at.is_(None), ProtectionTask.reported_at.is_(None), ProtectionTask.due_at < now
    )
    return session.scalars(statement.options(joinedload(ProtectionTask.household)).order_by(ProtectionTask.id)).all()


def get_protection(session: Session, who: Identity, task_id: int) -> ProtectionTask:
    """One task that `who` may see, or NotFound: its existence is not told to anybody else."""
    task = session.get(ProtectionTask, task_id) if task_id <= LARGEST_KEY else None
    if task is None or not can(who, Permission.SEE_PROTECTION, task):
        raise NotFound
    return task


def list_named(session: Session, task: ProtectionTask) -> Sequence[Account]:
    """The people whom a task names, by name."""
    return session.scalars(select(Account).where(Account.id.in_(task.staff_ids)).order_by(Account.name)).all()


def list_hotlines(session: Session, kind: ProtectionKind | None = None, *, on: date) -> tuple[Hotline, ...]:
    """The public numbers for a kind of task (all of them without one), by the version that holds on a day."""
    row = session.scalars(
        select(HotlineVersion)
        .where(HotlineVersion.effective_from <= on)
        .order_by(HotlineVersion.effective_from.desc(), HotlineVersion.id.desc())
        .limit(1)
    ).first()
    lines = row.document["lines"] if row else []
    wanted = [each for each in lines if kind is None or kind.value in each["kinds"]]
    return tuple(Hotline(each["number"], each["name"], each["for"]) for each in wanted)
