"""Whose stored answers a change would touch."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from app.accounts.models import Centre
from app.follow_ups.models import Obligation, RuleVersionRow, TermRow
from app.households.models import Household
from app.households.rules import HouseholdStatus

DAYS_AT_ONCE = 50


def list_under_rule(session: Session, district_id: int, code: str) -> list[int]:
    """Households of a 시군구 with a term of this rule that may still be due, ascending."""
    statement = (
        _households(district_id)
        .join(TermRow, TermRow.household_id == Household.id)
        .join(RuleVersionRow, RuleVersionRow.id == TermRow.rule_version_id)
        .where(RuleVersionRow.code == code, TermRow.closed_on.is_(None))
    )
    return list(session.scalars(statement))


def list_touched_by_days(session: Session, district_id: int, days: Collection[date]) -> list[int]:
    """Households of a 시군구 whose stored answers rest on one of these days being worked or not, ascending."""
    found: set[int] = set()
    ordered = sorted(set(days))
    for at in range(0, len(ordered), DAYS_AT_ONCE):
        rests = or_(*(_rests_on(day) for day in ordered[at : at + DAYS_AT_ONCE]))
        found |= set(session.scalars(_with_answers(district_id).where(rests)))
    return sorted(found)


def _rests_on(day: date) -> ColumnElement[bool]:
    return and_(Obligation.rests_until >= day, Obligation.rests_from <= day)


def list_with_absences(session: Session, district_id: int) -> list[int]:
    """Households of a 시군구 that stand on the absence ladder, ascending."""
    return list(session.scalars(_households(district_id).where(Household.absences_in_row > 0)))


def count_stale(session: Session, *, district_id: int | None = None, today: date) -> int:
    """How many households have a stored answer that waits for a refresh."""
    statement = select(func.count(Obligation.household_id.distinct())).where(Obligation.recompute_on <= today)
    if district_id is not None:
        statement = statement.where(Obligation.centre_id.in_(_centres(district_id)))
    return session.scalar(statement) or 0


def list_stale(session: Session, *, district_id: int | None = None, today: date, most: int) -> list[int]:
    """Households with a stored answer that waits for a refresh, those that wait longest first."""
    statement = select(Obligation.household_id).where(Obligation.recompute_on <= today)
    if district_id is not None:
        statement = statement.where(Obligation.centre_id.in_(_centres(district_id)))
    ordered = statement.order_by(Obligation.recompute_on, Obligation.id).limit(most)
    return list(dict.fromkeys(session.scalars(ordered)))


def _households(district_id: int) -> Select[Any]:
    return (
        select(Household.id)
        .join(Centre, Centre.id == Household.centre_id)
        .where(Centre.district_id == district_id, Household.status == HouseholdStatus.ACTIVE)
        .distinct()
        .order_by(Household.id)
    )


def _with_answers(district_id: int) -> Select[Any]:
    return select(Obligation.household_id).where(Obligation.centre_id.in_(_centres(district_id))).distinct()


def _centres(district_id: int) -> Select[Any]:
    return select(Centre.id).where(Centre.district_id == district_id)
