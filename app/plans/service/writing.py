"""What every verb of a plan does: hold it against others, and write the log."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit import service as audit
from app.audit.rules import Action
from app.core.errors import StaleRecord
from app.plans.models import Plan


def hold(session: Session, plan: Plan, *, version: int | None = None) -> None:
    """Whoever changes the same version at the same moment waits; then it is as they left it.

    Raises:
        StaleRecord: somebody changed it since `version`.
    """
    session.flush()
    session.refresh(plan, with_for_update={"of": Plan})
    if version is not None and plan.version != version:
        raise StaleRecord


def written(session: Session, plan: Plan, what: str, *, actor: Identity, now: datetime) -> None:
    """Count the change and tell the access log."""
    plan.version += 1
    session.flush()
    audit.record(
        session, Action.PLAN, subject=f"plan:{plan.id}", household_id=plan.case.household_id, detail=what, actor=actor,
        now=now,
    )  # fmt: skip
