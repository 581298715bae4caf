"""Give the visits of somebody on leave to whoever covers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.accounts.models import Cover
from app.calendars.queries.unsettled import UnsettledLeave
from app.visits.models import PlannedVisit
from app.visits.rules import PlanChange
from app.visits.service import move_visit, slot_of

COVER_WORDS = "대직"


def hand_over_leave(session: Session, leave: UnsettledLeave, *, actor: Identity, now: datetime) -> int:
    """Give every visit of this leave against which nothing speaks to the colleague who covers, at the same hour.

    What would clash stays, to be settled one by one. Returns how many were given.

    Raises:
        StaleRecord: somebody changed one of them in this moment; nothing is changed.
    """
    given = 0
    for each in leave.visits:
        if each.objections:
            continue
        planned = session.get_one(PlannedVisit, each.record.id)
        _hand_over(session, planned, leave.cover, version=each.record.version, actor=actor, now=now)
        given += 1
    return given


def _hand_over(
    session: Session, planned: PlannedVisit, cover: Cover, *, version: int, actor: Identity, now: datetime
) -> None:
    move_visit(
        session, planned, slot_of(planned).by(cover.covered_by_id), change=PlanChange.STAFF, note=COVER_WORDS,
        version=version, actor=actor, now=now,
    )  # fmt: skip
