"""Records that make one ask: a week of calls typed on one evening, and two doors at the same hour. Nobody did wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.core.clock import KOREA
from app.follow_ups.queries import working_days_for
from app.follow_ups.rules import ContactMode, Purpose
from app.households.models import Household
from app.visits.rules import VisitDetails
from app.visits.service import log_visit

from .plans import Everything

CALLS = (
    "안부 전화. 감기 기운이 있으나 병원은 다녀오셨다고 함.",
    "통화함. 반찬 잘 받고 계심.",
    "전화 드림. 무릎이 아파 외출은 못 하셨다고 함.",
    "통화함. 다음 주에 자녀가 온다고 하심.",
    "안부 전화. 잠을 잘 못 주무신다고 하여 방문 때 다시 여쭙기로 함.",
)
DOORS = ("마당에서 뵘. 연탄 남은 양 확인.", "문 앞에서 뵘. 약 봉투 전달.")


def load_oddities(session: Session, households: Sequence[Household], *, actor: Identity, today: date) -> None:
    """Seven records about households of one worker; fewer where there are fewer households."""
    days = working_days_for(session, actor.district_id)
    evening = days.last_of(3, today)
    for nth, (household, words) in enumerate(zip(households, CALLS, strict=False)):
        on = days.last_of(6 - nth, evening)
        typed_at = _at(evening, time(17, 31 + nth))
        told = _told(household, on, time(10 + nth), ContactMode.CALL, words)
        log_visit(session, household, told, confirmed=Everything(), typed_at=typed_at, actor=actor, now=typed_at)
    door = days.last_of(2, evening)
    for nth, (household, words) in enumerate(zip(households[5:], DOORS, strict=False)):
        typed_at = _at(door, time(16, 10 * nth))
        told = _told(household, door, time(14, 10 * nth), ContactMode.FACE, words)
        log_visit(session, household, told, confirmed=Everything(), typed_at=typed_at, actor=actor, now=typed_at)


def _told(household: Household, on: date, begins: time, mode: ContactMode, words: str) -> VisitDetails:
    began_at = _at(on, begins)
    return VisitDetails(
        visit_id=uuid5(NAMESPACE_URL, f"oddity:{household.number}:{on}"),
        household_id=household.id,
        occurred_on=on,
        mode=mode,
        purpose=Purpose.WELFARE if mode is ContactMode.FACE else Purpose.CHECK_IN,
        began_at=began_at,
        ended_at=began_at + timedelta(minutes=20),
        members_seen=frozenset(member.id for member in household.members[:1]),
        welfare_note=words,
    )


def _at(on: date, clock: time) -> datetime:
    return datetime.combine(on, clock, KOREA)
