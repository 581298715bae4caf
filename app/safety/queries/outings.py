"""Read who is out, who may be told, and who may go alone; each within the reader's scope."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.access.identity import Identity
from app.access.permissions import Role
from app.accounts.models import Account, Cover
from app.accounts.queries import WITH_CENTRE, supervisor_ids
from app.core.database import fetch
from app.core.errors import NotFound
from app.households.models import Household
from app.households.queries import visible_to
from app.households.rules import FlagRule, strictest
from app.safety.models import DutyContact, Outing, OutingAlarm
from app.safety.rules import FIRST_ALARM

OF_CENTRES = tuple(role for role in Role if role.belongs_to_centre)
_OWN = (
    select(Outing.id, Outing.household_id, Outing.visit_id, Outing.started_at, Outing.planned_end_at)
    .where(Outing.account_id == bindparam("account_id"), Outing.ended_at.is_(None))
    .order_by(Outing.started_at.desc())
    .limit(1)
)
"""Runs on every page of whoever goes out: built once, of what the strip under the header shows."""


class OutCount(NamedTuple):
    """How many are out, and how many of them are past their planned end."""

    out: int
    late: int


def get_outing(session: Session, who: Identity, outing_id: UUID) -> Outing:
    """One outing to a household in scope, or NotFound."""
    outing = session.get(Outing, outing_id)
    if outing is None or outing.centre_id not in who.centre_ids:
        raise NotFound
    return outing


def find_own_outing(session: Session, who: Identity) -> Any:
    """Where this person is now: a row of the outing's id, household, visit, start and planned end; None when not out."""
    return next(iter(fetch(session, _OWN, {"account_id": who.account_id or 0})), None)


def list_open_of(session: Session, account_id: int) -> Sequence[Outing]:
    """All outings of somebody that have no end yet."""
    return session.scalars(select(Outing).where(Outing.account_id == account_id, Outing.ended_at.is_(None))).all()


def find_outing_of_visit(session: Session, who: Identity, household_id: int, visit_id: UUID) -> Outing | None:
    """The newest outing of this person to which a record belongs: the one it was begun with, or one open there."""
    statement = select(Outing).where(
        Outing.account_id == who.account_id,
        Outing.household_id == household_id,
        (Outing.visit_id == visit_id) | Outing.ended_at.is_(None),
    )
    return session.scalars(statement.order_by(Outing.started_at.desc()).limit(1)).first()


def list_out(session: Session, who: Identity) -> Sequence[Outing]:
    """Everybody who is out in the reader's centres, the one who should be back first on top."""
    return session.scalars(_shown(who).where(Outing.ended_at.is_(None)).order_by(Outing.planned_end_at)).all()


def list_alarmed(session: Session, who: Identity, *, since: datetime) -> Sequence[Outing]:
    """Outings that came to an end since a moment and had set off an alarm, the newest first."""
    ended = _shown(who).where(Outing.ended_at >= since, Outing.alarms.any())
    return session.scalars(ended.order_by(Outing.ended_at.desc())).all()


def _shown(who: Identity) -> Select[Outing]:
    return (
        select(Outing)
        .join(Household, Household.id == Outing.household_id)
        .where(visible_to(who))
        .options(
            joinedload(Outing.account).options(*WITH_CENTRE),
            joinedload(Outing.companion).options(*WITH_CENTRE),
            joinedload(Outing.household).options(joinedload(Household.centre), selectinload(Household.flags)),
            selectinload(Outing.alarms).joinedload(OutingAlarm.answered_by).options(*WITH_CENTRE),
        )
    )


def count_out(session: Session, who: Identity, *, now: datetime) -> OutCount:
    """How many are out in the reader's centres, and how many are past their planned end."""
    ends = session.scalars(
        select(Outing.planned_end_at)
        .join(Household, Household.id == Outing.household_id)
        .where(visible_to(who), Outing.ended_at.is_(None))
    ).all()
    return OutCount(len(ends), sum(end <= now for end in ends))


def list_overdue(session: Session, *, now: datetime) -> Sequence[Outing]:
    """Outings of all centres whose first alarm has come, locked until the commit, in one order for everybody."""
    statement = (
        select(Outing)
        .where(Outing.ended_at.is_(None), Outing.planned_end_at <= now - FIRST_ALARM)
        .order_by(Outing.id)
        .with_for_update(of=Outing)
        .execution_options(populate_existing=True)
    )
    return session.scalars(statement).all()


def rule_of(household: Household) -> FlagRule | None:
    """How a household must be visited: the strictest of its standing flags."""
    return strictest([flag.rule for flag in household.flags if flag.is_standing])


def rule_on(household: Household, on: date) -> FlagRule | None:
    """How a household had to be visited on a day: the strictest of the flags that stood then."""
    return strictest(
        [flag.rule for flag in household.flags if flag.set_on <= on and (flag.ended_on is None or flag.ended_on > on)]
    )


def deciding_ids(session: Session, centre_id: int, *, today: date, but: Iterable[int] = ()) -> set[int]:
    """The supervisors of a centre and whoever covers them today; where nobody is left, all colleagues.

    Args:
        but: whom one asks about; a supervisor who is missing cannot look for themselves.
    """
    missing = set(but)
    leads = set(supervisor_ids(session, centre_id))
    covers = select(Cover.covered_by_id).where(
        Cover.absent_id.in_(leads), Cover.ended_at.is_(None), Cover.from_on <= today, Cover.until_on >= today
    )
    return (leads | set(session.scalars(covers))) - missing or colleague_ids(session, centre_id) - missing


def duty_ids(session: Session, centre_id: int) -> set[int]:
    """Accounts on the phone tree of a centre; empty when it has none."""
    statement = (
        select(DutyContact.account_id)
        .join(Account, Account.id == DutyContact.account_id)
        .where(DutyContact.centre_id == centre_id, DutyContact.ended_at.is_(None), Account.disabled_at.is_(None))
    )
    return {key for key in session.scalars(statement) if key is not None}


def colleague_ids(session: Session, centre_id: int) -> set[int]:
    """Everybody who works in a centre."""
    statement = select(Account.id).where(
        Account.centre_id == centre_id, Account.disabled_at.is_(None), Account.role.in_(OF_CENTRES)
    )
    return set(session.scalars(statement))
