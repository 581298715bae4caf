"""One clock a household and kind, standing at the earliest of what is waited for: a check, a reply."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.core.clock import korean_date
from app.follow_ups import service as follow_ups
from app.follow_ups.models import RuleVersionRow, TermRow
from app.follow_ups.service import TermDetails
from app.households.models import Household
from app.plans import queries
from app.plans.rules import RULE_OF_KIND

SERVICE_CHECK = "SERVICE_CHECK"
LATE_KIND = "PRIVATE"
"""An agency that is not in the directory answers by the rule of private ones."""


def follow_checks(session: Session, household: Household, *, actor: Identity, now: datetime) -> None:
    """Let the clock of checks stand at the next service to be checked; none: it stops."""
    found = queries.next_of_household(session, household.id, today=korean_date(now))
    _carry(session, household, SERVICE_CHECK, found, actor=actor, now=now)


def follow_replies(session: Session, household: Household, *, actor: Identity, now: datetime) -> None:
    """Let the clocks of replies count from the earliest referral of each kind that waits for its answer."""
    first: dict[str, tuple[date, str]] = {}
    for row in queries.waiting_of(session, household.id):
        kind = row.provider.kind.value if row.provider else LATE_KIND
        if row.sent_on is not None:
            first.setdefault(kind, (row.sent_on, row.receiver))
    for kind, code in RULE_OF_KIND.items():
        _carry(session, household, code, first.get(kind), actor=actor, now=now)


def _carry(
    session: Session, household: Household, code: str, event: tuple[date, str] | None, *, actor: Identity, now: datetime
) -> None:
    standing = _standing(session, household, code)
    if event is not None and [(term.event_on, term.note) for term in standing] == [event]:
        return
    if standing:
        follow_ups.stop_clocks(
            session, household, {code}, on=korean_date(now), because="다음으로 이어짐", actor=actor, now=now
        )
    if event is not None and household.is_active:
        on, note = event
        details = TermDetails(code, starts_on=min(on, korean_date(now)), event_on=on, note=note)
        follow_ups.set_term(session, household, details, actor=actor, now=now)


def _standing(session: Session, household: Household, code: str) -> list[TermRow]:
    statement = (
        select(TermRow)
        .join(RuleVersionRow, RuleVersionRow.id == TermRow.rule_version_id)
        .where(TermRow.household_id == household.id, RuleVersionRow.code == code, TermRow.closed_on.is_(None))
    )
    return list(session.scalars(statement))
