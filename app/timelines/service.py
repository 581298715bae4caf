"""Close and reopen a household, with everything that hangs on it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.core.clock import korean_date
from app.follow_ups import service as follow_ups
from app.households import service as households
from app.households.models import Household
from app.households.rules import ClosureReason


def close_household(
    session: Session, household: Household, reason: ClosureReason, *, note: str, actor: Identity, now: datetime
) -> None:
    """Stop looking after a household: nothing of it is due any more.

    Raises:
        RuleBroken: it is closed already, or «기타» has no words.
    """
    households.close_household(session, household, reason, note=note, actor=actor, now=now)
    follow_ups.household_closed(session, household)


def reopen_household(session: Session, household: Household, *, actor: Identity, now: datetime) -> None:
    """Look after it again; its terms are due again as if nothing had been."""
    households.reopen_household(session, household, actor=actor, now=now)
    follow_ups.refresh(session, household, today=korean_date(now))
