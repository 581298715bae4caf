"""Promises (약속 방문) of records that were taken back: they count no more, and those they took the place of stand again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from app.follow_ups.models import RuleVersionRow, TermRow
from app.households.models import Household

REPLACED = "새 약속"
TAKEN_BACK = "방문 기록 무효"
Made = Collection[tuple[int, datetime]]
"""Who promised, and the moment at which the promise was stored."""


def take_promises_back(session: Session, household: Household, made: Made) -> None:
    """Let promises count for nothing because the record of the visit they were made at was taken back.

    The dues themselves are refreshed by whoever takes the record's contacts back.
    """
    for term in _made_so(session, household, made):
        term.closed_on, term.ended_because = term.starts_on, TAKEN_BACK
    _settle(session, household)


def renew_promises(session: Session, household: Household, made: Made) -> None:
    """Let promises that were taken back stand again."""
    for term in _made_so(session, household, made):
        if term.ended_because == TAKEN_BACK:
            term.closed_on, term.ended_because = None, ""
    _settle(session, household)


def _promises(household: Household, which: ColumnElement[bool]) -> Select[TermRow]:
    """Promises to a household, in the order they were made."""
    return (
        select(TermRow)
        .join(RuleVersionRow, RuleVersionRow.id == TermRow.rule_version_id)
        .where(TermRow.household_id == household.id, RuleVersionRow.code == "PROMISE", which)
        .order_by(TermRow.starts_on, TermRow.id)
    )


def _made_so(session: Session, household: Household, made: Made) -> list[TermRow]:
    these = or_(*(and_(TermRow.set_by_id == by_id, TermRow.set_at == at) for by_id, at in made))
    return list(session.scalars(_promises(household, these)))


def _settle(session: Session, household: Household) -> None:
    """Each promise that stands, or that another took the place of, is closed by the next one made; the last one by none."""
    made = list(session.scalars(_promises(household, TermRow.ended_because.in_(("", REPLACED)))))
    for at, term in enumerate(made):
        later = next((other for other in made[at + 1 :] if _replaces(other, term)), None)
        term.closed_on = later.starts_on if later else None
        term.ended_because = REPLACED if later else ""
    session.flush()


def _replaces(newer: TermRow, older: TermRow) -> bool:
    """Whether a promise takes the place of an older one: not on a joint visit, at which each profession has its own."""
    is_beside = newer.starts_on == older.starts_on and newer.promised_by is not older.promised_by
    return not is_beside
