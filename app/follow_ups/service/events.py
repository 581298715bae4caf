"""Clocks that an event starts and another stops: closed, ended or moved by their rules' codes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit import service as audit
from app.audit.rules import Action
from app.core.clock import korean_date
from app.follow_ups.models import RuleVersionRow, TermRow
from app.follow_ups.rules import RuleKind
from app.follow_ups.service.refreshing import refresh
from app.households.models import Household

ONE_DAY = timedelta(days=1)


def stop_clocks(
    session: Session, household: Household, codes: Collection[str], *, on: date, because: str, actor: Identity,
    now: datetime, event_on: date | None = None,
) -> int:  # fmt: skip
    """Stop a household's own clocks of these rules: deadlines are met on `on`, all others are over from then on.

    Several clocks of one rule may run, each from an event of its own: with `event_on` only one of each rule stops,
    that of the event of this day, or the oldest where none began then.

    Returns how many ran. Terms of members stay as they are.
    """
    running = _running(session, household, codes)
    if event_on is not None:
        running = _one_of_each(running, event_on)
    for term in running:
        if term.rule.kind is RuleKind.DEADLINE:
            term.closed_on = max(on, term.event_on or on)
        else:
            term.ends_on, term.ended_because = max(on, term.starts_on) - ONE_DAY, because
    _written(session, household, running, f"멈춤 {on}", actor=actor, now=now)
    return len(running)


def move_clocks(
    session: Session, household: Household, codes: Collection[str], *, event_on: date, actor: Identity, now: datetime
) -> int:
    """Let a household's running deadlines of these rules count from another day: the event was recorded wrongly.

    Returns how many moved.
    """
    running = [term for term in _running(session, household, codes) if term.rule.kind is RuleKind.DEADLINE]
    for term in running:
        term.event_on = term.starts_on = event_on
    _written(session, household, running, f"기준일 {event_on}", actor=actor, now=now)
    return len(running)


def _running(session: Session, household: Household, codes: Collection[str]) -> Sequence[TermRow]:
    statement = (
        select(TermRow)
        .join(RuleVersionRow, RuleVersionRow.id == TermRow.rule_version_id)
        .where(
            TermRow.household_id == household.id, TermRow.member_id.is_(None), RuleVersionRow.code.in_(sorted(codes)),
            TermRow.closed_on.is_(None), or_(TermRow.ends_on.is_(None), TermRow.ends_on >= TermRow.starts_on),
        )
        .order_by(TermRow.id)
    )  # fmt: skip
    return session.scalars(statement).all()


def _one_of_each(terms: Sequence[TermRow], event_on: date) -> Sequence[TermRow]:
    first: dict[str, TermRow] = {}
    for term in sorted(terms, key=lambda term: (term.event_on != event_on, term.id)):
        first.setdefault(term.rule.code, term)
    return list(first.values())


def _written(
    session: Session, household: Household, terms: Sequence[TermRow], what: str, *, actor: Identity, now: datetime
) -> None:
    if not terms:
        return
    session.flush()
    refresh(session, household, today=korean_date(now))
    for term in terms:
        audit.record(
            session, Action.SET_TERM, subject=f"term:{term.id}", household_id=household.id, detail=what, actor=actor,
            now=now,
        )  # fmt: skip
