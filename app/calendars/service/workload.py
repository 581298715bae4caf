"""Say how many visits fit into somebody's day."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.accounts.models import Account
from app.audit import service as audit
from app.audit.rules import Action
from app.calendars.queries.workload_capacity import day_of, subject_of
from app.calendars.rules.workload_defaults import FEWEST_A_DAY, MOST_A_DAY
from app.core.errors import RuleBroken


def set_capacity(
    session: Session, account: Account, visits_per_day: int | None, *, actor: Identity, now: datetime
) -> bool:
    """Let so many visits fit into each working day of a person; None takes what is usual of the role again.

    The access log keeps both numbers. Returns False when nothing changes.

    Raises:
        RuleBroken: a number outside 0 to 20 visits a day.
    """
    if visits_per_day is not None and not FEWEST_A_DAY <= visits_per_day <= MOST_A_DAY:
        text = f"하루 {FEWEST_A_DAY}회에서 {MOST_A_DAY}회 사이로 적어 주세요."
        raise RuleBroken("CAPACITY_RANGE", text, field="visits_per_day")
    if account.visits_per_day == visits_per_day:
        return False
    before = _words(account)
    account.visits_per_day = visits_per_day
    session.flush()
    words = f"하루 방문 {before} → {_words(account)}"
    audit.record(
        session, Action.CHANGE, subject=subject_of(account.id), row_count=0, detail=words, actor=actor, now=now
    )
    return True


def _words(account: Account) -> str:
    """«5», or «5(기본)» where nobody has said otherwise."""
    return f"{day_of(account)}{'(기본)' if account.visits_per_day is None else ''}"
