"""Joint visits of the fictional district with both notes; beside them a record that was taken back, and a visit that did not take place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.access.identity import Identity
from app.accounts.models import Account
from app.core.clock import KOREA, korean_date
from app.follow_ups.rules import ContactMode, Purpose
from app.households.models import Household
from app.visits import service
from app.visits.models import Visit
from app.visits.queries.second_notes import is_open_for
from app.visits.rules import VisitDetails
from app.visits.rules.cancelling import CancelDetails, CancelReason

from .dice import happens, stream
from .plans import Everything

WRITTEN_BY_NOW = timedelta(days=4)
"""Notes of younger visits are still wanted: 오늘 asks for them."""
FORGOTTEN = 0.1
NOTES = (
    "긴급복지 생계지원 신청 서류를 함께 씀. 통장 사본은 다음에 받기로 함.",
    "도시가스 요금이 두 달 밀림. 에너지 바우처 잔액을 확인해 드림.",
    "밑반찬 지원을 원하심. 복지관에 의뢰하기로 하고 동의서를 받음.",
    "전기장판 전선이 낡음. 주거 안전 점검을 신청함.",
    "자녀와 연락이 끊긴 지 오래되었다고 하심. 생신 때 전화드리기로 함.",
    "치과 치료비가 부담된다고 하심. 노인 의치 지원 사업을 안내함.",
    "우편물이 쌓여 있어 함께 정리함. 건강보험료 고지서를 확인함.",
)
LINES = ("", "", "가스 요금 두 달 밀림", "반찬 지원 의뢰함", "서류 한 장 더 받아야 함")
Actor = Callable[[str], Identity]


def write_together(session: Session, seed: int, *, people: Iterable[Account], actor: Actor, now: datetime) -> None:
    """Let the companions of the last months add their notes, a few hours after the visit."""
    by_id = {person.id: person for person in people}
    until = korean_date(now) - WRITTEN_BY_NOW
    records = select(Visit).where(Visit.occurred_on <= until, Visit.second_by_id.is_(None))
    for visit in session.scalars(records.options(joinedload(Visit.by)).order_by(Visit.began_at, Visit.id)).all():
        along = [by_id[each] for each in visit.companion_ids if each in by_id]
        second = next((person for person in along if is_open_for(visit, person.role)), None)
        dice = stream(seed, "together", visit.id)
        if second is None or happens(dice, FORGOTTEN):
            continue
        part = replace(service.facts_of(visit), welfare_note=dice.choice(NOTES), shared_line=dice.choice(LINES))
        added_at = min(visit.received_at + timedelta(hours=3), now)
        service.add_second_note(
            session, visit, part, version=visit.version, confirmed=Everything(), typed_at=added_at,
            actor=actor(second.login), now=added_at,
        )  # fmt: skip


def write_slips(session: Session, households: Iterable[Household], *, actor: Identity, now: datetime) -> None:
    """At the first of somebody's households a letter was recorded by mistake and taken back; at the second nobody had time."""
    wrong, busy = list(households)[:2]
    at = datetime.combine(korean_date(now) - timedelta(days=6), time(16, 10), KOREA)
    letter = VisitDetails(
        _id("letter", wrong), wrong.id, at.date(), ContactMode.LETTER, Purpose.WELFARE, began_at=at,
        welfare_note="체납 안내문을 보냄",
    )  # fmt: skip
    sent = service.log_visit(session, wrong, letter, confirmed=Everything(), typed_at=at, actor=actor, now=at)
    service.void_visit(
        session, sent, reason="옆 가구에 보낸 안내문을 잘못 적음", version=1, actor=actor, now=at + timedelta(hours=1)
    )
    _cancel(session, busy, at.date() + timedelta(days=1), actor)


def _cancel(session: Session, household: Household, on: date, actor: Identity) -> None:
    at = datetime.combine(on, time(10, 40), KOREA)
    details = CancelDetails(
        _id("cancelled", household), household.id, on, CancelReason.ASKED_OTHER_TIME, Purpose.WELFARE, at=at,
        note="병원에 가시는 길, 다음 주에 와 달라고 하심", field_notes="지팡이를 짚고 나가심",
    )  # fmt: skip
    service.log_cancelled(session, household, details, typed_at=at, actor=actor, now=at)


def _id(what: str, household: Household) -> UUID:
    return uuid5(NAMESPACE_URL, f"{what}:{household.number}")
