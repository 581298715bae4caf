"""What may have stayed undone for too long: one statement for a whole 시군구."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from app.accounts.models import Centre
from app.core.database import fetch
from app.follow_ups.models import Obligation
from app.follow_ups.rules import RuleKind
from app.households.models import Household
from app.households.rules import HouseholdStatus, Risk


class Suspect(NamedTuple):
    """A stored answer that may be overdue for longer than its household's risk allows."""

    household_id: int
    term_id: int | None
    due_on: date | None
    centre_id: int
    number: str
    risk: Risk
    is_stale: bool


def list_suspects(
    session: Session, district_id: int, *, told_before: Mapping[Risk, date], today: date
) -> list[Suspect]:
    """Every stored answer of a 시군구 whose last day lies before the day of its risk, and every stale one.

    Whoever is told of it must have it judged: a stale answer may say something else by now.
    """
    stale: Any = func.coalesce(Obligation.recompute_on <= today, False)
    statement: Any = (
        select(
            Obligation.household_id, Obligation.term_id, Obligation.due_on, Obligation.centre_id, Household.number,
            Household.risk, stale,
        )
        .join(Household, Household.id == Obligation.household_id)
        .where(
            Obligation.centre_id.in_(select(Centre.id).where(Centre.district_id == district_id)),
            Household.status == HouseholdStatus.ACTIVE,
            or_(_is_late(told_before), Obligation.recompute_on <= today),
        )
        .order_by(Obligation.household_id, Obligation.id)
    )  # fmt: skip
    return [Suspect(*row) for row in fetch(session, statement, {})]


def _is_late(told_before: Mapping[Risk, date]) -> ColumnElement[bool]:
    """The first test says nothing new, but an index answers it."""
    last_day = case((Obligation.kind == RuleKind.DEADLINE, Obligation.limit_on), else_=Obligation.due_on)
    by_risk = (and_(Household.risk == risk, last_day < day) for risk, day in told_before.items())
    return and_(Obligation.due_on < max(told_before.values()), or_(*by_risk))
