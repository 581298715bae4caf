"""Whom a reminder may reach: who is at work today, and who watches over a centre."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.permissions import Role
from app.accounts.models import Account, Centre, Cover, District
from app.accounts.queries import WITH_CENTRE
from app.follow_ups.queries import working_days_for


def list_working_districts(session: Session, *, today: date) -> list[int]:
    """Ids of every 시군구 that works today, by its own calendar."""
    ids = session.scalars(select(District.id).order_by(District.id))
    return [key for key in ids.all() if working_days_for(session, key).is_working(today)]


def list_working_centres(session: Session, *, today: date) -> list[int]:
    """Ids of the centres that work today, 시군구 by 시군구."""
    working = list_working_districts(session, today=today)
    statement = select(Centre.id).where(Centre.district_id.in_(working)).order_by(Centre.district_id, Centre.id)
    return list(session.scalars(statement))


def list_at_work(session: Session, centre_id: int, *roles: Role, today: date) -> Sequence[Account]:
    """Who of these roles works in a centre today: neither barred nor on leave."""
    on_leave = select(Cover.absent_id).where(*_standing(today))
    statement = select(Account).where(
        Account.centre_id == centre_id, Account.role.in_(roles), Account.disabled_at.is_(None),
        Account.id.not_in(on_leave),
    )  # fmt: skip
    return session.scalars(statement.options(*WITH_CENTRE).order_by(Account.id)).unique().all()


def watchers_of(session: Session, district_id: int, *, today: date) -> dict[int, frozenset[int]]:
    """Who hears of what stays undone in each centre of a 시군구: its supervisors, and whoever covers them today.

    A centre without a supervisor has the people of the 시군구 watch, so that nothing falls between two chairs.
    """
    supervisors: dict[int | None, set[int]] = defaultdict(set)
    officers: set[int] = set()
    for key, role, centre_id in session.execute(_WATCHING.where(*_working(district_id))):
        (officers if role is Role.DISTRICT else supervisors[centre_id]).add(key)
    for absent_id, covered_by_id in covers_on(session, today):
        for ids in supervisors.values():
            if absent_id in ids:
                ids.add(covered_by_id)
    centres = session.scalars(select(Centre.id).where(Centre.district_id == district_id))
    return {key: frozenset(supervisors.get(key) or officers) for key in centres}


def covers_on(session: Session, today: date) -> Iterator[tuple[int, int]]:
    """Who is away on a day, and who does their work, the oldest cover first."""
    return ((row[0], row[1]) for row in session.execute(_COVERS.where(*_standing(today))))


_WATCHING = select(Account.id, Account.role, Account.centre_id).where(
    Account.role.in_((Role.SUPERVISOR, Role.DISTRICT))
)
_COVERS = select(Cover.absent_id, Cover.covered_by_id).order_by(Cover.id)


def _working(district_id: int) -> tuple[Any, ...]:
    return Account.district_id == district_id, Account.disabled_at.is_(None)


def _standing(today: date) -> tuple[Any, ...]:
    """Covers that hold today."""
    return Cover.ended_at.is_(None), Cover.from_on <= today, Cover.until_on >= today
