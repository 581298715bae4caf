"""Ask whoever went along for their part of the record: once, in their inbox; 오늘 keeps asking until it is written."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.alerts.rules import AlertKind
from app.alerts.service import raise_alert
from app.visits.models import Visit
from app.visits.queries.second_notes import is_open_for


def ask_companions(session: Session, visit: Visit, *, now: datetime) -> int:
    """Tell those of the other profession who went along that their note is wanted; returns how many were told anew."""
    if not visit.companion_ids:
        return 0
    session.flush()
    companions = session.scalars(select(Account).where(Account.id.in_(visit.companion_ids)))
    wanted = [person.id for person in companions if is_open_for(visit, person.role)]
    return raise_alert(
        session,
        AlertKind.SECOND_NOTE,
        subject=f"visit:{visit.id}",
        recipient_ids=wanted,
        text=f"{visit.household.number} 함께 간 방문에 내 기록을 더해 주세요.",
        household_id=visit.household_id,
        now=now,
    )
