"""«입력 완료»: say that a record was typed into a national system, and take it back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit import service as audit
from app.audit.rules import Action
from app.core.errors import RuleBroken
from app.visits.models import NationalEntry, Visit
from app.visits.rules import NationalSystem, VisitState


def mark_entered(
    session: Session, visits: Iterable[Visit], system: NationalSystem, *, actor: Identity, now: datetime
) -> int:
    """Mark the standing versions of these records as typed; answers how many were not marked before.

    Raises:
        RuleBroken: one of them does not stand: it was taken back, or was no contact.
    """
    fresh = 0
    for visit in visits:
        if visit.voided_at is not None or visit.state is not VisitState.SUBMITTED:
            raise RuleBroken(
                "NOT_TO_BE_ENTERED", "무효이거나 취소한 기록은 입력 완료로 표시하지 않습니다.", field="visits"
            )
        fresh += _mark(session, visit, system, actor, now)
    session.flush()
    return fresh


def _mark(session: Session, visit: Visit, system: NationalSystem, actor: Identity, now: datetime) -> int:
    if session.scalar(_of(visit, system)) is not None or actor.account_id is None:
        return 0
    session.add(
        NationalEntry(visit_id=visit.id, system=system, visit_version=visit.version, by_id=actor.account_id, at=now)
    )
    _tell(session, visit, system, "entered", actor, now)
    return 1


def undo_entered(session: Session, visit: Visit, system: NationalSystem, *, actor: Identity, now: datetime) -> None:
    """Take the mark of the standing version back; nothing happens where there is none."""
    entry_id = session.scalar(_of(visit, system))
    if entry_id is None:
        return
    session.execute(delete(NationalEntry).where(NationalEntry.id == entry_id))
    session.flush()
    _tell(session, visit, system, "undone", actor, now)


def _of(visit: Visit, system: NationalSystem) -> Select[Any]:
    return select(NationalEntry.id).where(
        NationalEntry.visit_id == visit.id,
        NationalEntry.system == system,
        NationalEntry.visit_version == visit.version,
    )


def _tell(session: Session, visit: Visit, system: NationalSystem, what: str, actor: Identity, now: datetime) -> None:
    audit.record(
        session,
        Action.MARK_ENTERED,
        subject=f"visit:{visit.id}",
        household_id=visit.household_id,
        detail=f"{system.value} v{visit.version} {what}",
        actor=actor,
        now=now,
    )
