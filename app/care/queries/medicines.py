"""The medicines of a household's people, and what was checked about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.access.identity import Identity
from app.accounts.models import Account
from app.care.models import Medicine, MedicineCheck
from app.care.queries.done import CheckLine
from app.care.rules import ListAnswer
from app.core.errors import NotFound
from app.core.keys import LARGEST_KEY
from app.households.queries import get_household

MOST_CHECKS = 12


def list_medicines(session: Session, household_id: int) -> dict[int, list[Medicine]]:
    """Every medicine of a household by member: those taken now first, then those that ended, the latest first.

    The caller has looked whether health detail may be read.
    """
    found: dict[int, list[Medicine]] = defaultdict(list)
    statement = select(Medicine).where(Medicine.household_id == household_id).order_by(Medicine.id)
    rows = session.scalars(statement).all()
    ended = sorted((row for row in rows if row.ended_on), key=lambda row: row.ended_on or date.min, reverse=True)
    for row in (*(row for row in rows if row.ended_on is None), *ended):
        found[row.member_id].append(row)
    return dict(found)


def standing_medicines(session: Session, household_id: int) -> dict[int, list[Medicine]]:
    """The medicines taken now, by member."""
    listed = list_medicines(session, household_id)
    return {member_id: [row for row in rows if row.ended_on is None] for member_id, rows in listed.items()}


def count_medicines(session: Session, household_id: int) -> int:
    """How many medicines are taken now in a household."""
    standing = (Medicine.household_id == household_id, Medicine.ended_on.is_(None))
    return session.scalar(select(func.count()).select_from(Medicine).where(*standing)) or 0


def get_medicine(session: Session, who: Identity, household_id: int, medicine_id: int) -> Medicine:
    """One medicine of a visible household, or NotFound; the policy says who reads health."""
    household = get_household(session, who, household_id)
    row = session.get(Medicine, medicine_id) if medicine_id <= LARGEST_KEY else None
    if row is None or row.household_id != household.id:
        raise NotFound
    return row


def list_checks(session: Session, household_id: int) -> dict[int, list[tuple[date, CheckLine]]]:
    """The last checks of each member with their day, the newest first."""
    found: dict[int, list[tuple[date, CheckLine]]] = defaultdict(list)
    statement = (
        select(MedicineCheck, Account.name)
        .join(Account, Account.id == MedicineCheck.by_id)
        .where(MedicineCheck.household_id == household_id)
        .options(joinedload(MedicineCheck.member))
        .order_by(MedicineCheck.checked_on.desc(), MedicineCheck.id.desc())
    )
    for check, by in session.execute(statement):
        if len(found[check.member_id]) < MOST_CHECKS:
            line = CheckLine(check.member_id, check.member.name, check.answers, by)
            found[check.member_id].append((check.checked_on, line))
    return dict(found)


def confirmed_by_check(session: Session, member_id: int) -> Sequence[date]:
    """The days on which a visit found the list of a member unchanged."""
    statement = select(MedicineCheck).where(MedicineCheck.member_id == member_id)
    return [row.checked_on for row in session.scalars(statement) if row.answers.get("list") == ListAnswer.SAME]
