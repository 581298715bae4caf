"""Close and reopen a household, let a member go and come back, with everything that hangs on it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.core.clock import korean_date
from app.follow_ups import service as follow_ups
from app.households import service as households
from app.households.models import Household, Member
from app.households.rules import ClosureReason
from app.visits.service import cancel_plans_of


def close_household(
    session: Session, household: Household, reason: ClosureReason, *, note: str, actor: Identity, now: datetime
) -> None:
    """Stop looking after a household: nothing of it is due any more, and nobody goes there as planned.

    Raises:
        RuleBroken: it is closed already, or «기타» has no words.
    """
    households.close_household(session, household, reason, note=note, actor=actor, now=now)
    follow_ups.household_closed(session, household)
    cancel_plans_of(session, household, actor=actor, now=now)


def reopen_household(session: Session, household: Household, *, actor: Identity, now: datetime) -> None:
    """Look after it again; its terms are due again as if nothing had been."""
    households.reopen_household(session, household, actor=actor, now=now)
    follow_ups.refresh(session, household, today=korean_date(now))


def member_left(session: Session, member: Member, *, on: date, because: str, actor: Identity, now: datetime) -> None:
    """Note that somebody no longer belongs to the household: nothing is due of that person any more.

    Raises:
        RuleBroken: as `households.member_left`.
    """
    households.member_left(session, member, on=on, because=because, actor=actor, now=now)
    follow_ups.refresh(session, member.household, today=korean_date(now))


def member_returned(session: Session, member: Member, *, actor: Identity, now: datetime) -> None:
    """Take back `member_left`: what was due of the person is due again."""
    households.member_returned(session, member, actor=actor, now=now)
    follow_ups.refresh(session, member.household, today=korean_date(now))
