"""«연휴 전 방문 권장»: people living alone at high risk whose due a long break would swallow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Role
from app.accounts.models import Account
from app.core.working_days import WorkingDays
from app.follow_ups.models import Obligation
from app.follow_ups.queries.dues import read_dues
from app.follow_ups.queries.judging import working_days_for
from app.follow_ups.rules import LongBreak, break_swallowing
from app.follow_ups.rules.before_break import NOTICE_DAYS, next_long_break
from app.follow_ups.rules.dues import Due, in_order
from app.households.models import Household
from app.households.rules import HouseholdStatus, HouseholdType, Risk

_DAY_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class BreakNotice:
    """A long break that is near, and how many households are better seen before it."""

    coming: LongBreak
    households: int


def find_break_notice(
    session: Session, who: Identity, *, today: date, assignee: Account | None = None, centre_id: int | None = None
) -> BreakNotice | None:
    """What 오늘 and 일정 say of a long break that begins within ten days; None when there is none, or nobody to see."""
    days = working_days_for(session, who.district_id)
    coming = next_long_break(today, days, within_days=NOTICE_DAYS)
    if coming is None:
        return None
    found = list_before_break(session, who, coming, today=today, days=days, assignee=assignee, centre_id=centre_id)
    return BreakNotice(coming, len(found)) if found else None


def list_before_break(
    session: Session,
    who: Identity,
    coming: LongBreak,
    *,
    today: date,
    days: WorkingDays,
    assignee: Account | None = None,
    centre_id: int | None = None,
) -> dict[int, Sequence[Due]]:
    """By household, the dues that fall inside or right after the break, of those who live alone at high risk.

    Args:
        assignee: only the households this colleague holds; a nurse and a worker get their own without it.
        centre_id: only those of one centre of the scope.
    """
    scope = who.centre_ids if centre_id is None else who.centre_ids & {centre_id}
    near = or_(
        Obligation.due_on.between(coming.first_on, coming.last_on + _DAY_AFTER), Obligation.recompute_on <= today
    )
    statement = (
        select(Household.id)
        .join(Obligation, Obligation.household_id == Household.id)
        .where(
            Household.centre_id.in_(scope), Household.status == HouseholdStatus.ACTIVE, Household.risk == Risk.HIGH,
            Household.household_type == HouseholdType.SINGLE, near, *_held(who, assignee),
        )
        .distinct()
    )  # fmt: skip
    dues = read_dues(session, session.scalars(statement).all(), district_id=who.district_id, today=today)
    swallowed = {
        household_id: [due for due in in_order(found) if _is_swallowed(due, coming, today, days)]
        for household_id, found in dues.items()
    }
    return {household_id: found for household_id, found in swallowed.items() if found}


def _is_swallowed(due: Due, coming: LongBreak, today: date, days: WorkingDays) -> bool:
    return due.due_on is not None and break_swallowing(due.due_on, today=today, working_days=days) == coming


def _held(who: Identity, assignee: Account | None) -> list[ColumnElement[bool]]:
    """Whose households: those of a colleague, or of whoever goes out; of nobody in particular for a whole centre."""
    role = assignee.role if assignee else who.role
    holders = frozenset({assignee.id}) if assignee else who.acting_for
    if role is Role.NURSE:
        return [Household.nurse_id.in_(holders)]
    return [Household.worker_id.in_(holders)] if assignee or role is Role.WORKER else []
