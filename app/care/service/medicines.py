"""Medicines: add, change, end with a reason, confirm. A change keeps the old line; nothing is written over."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit import service as audit
from app.audit.rules import Action
from app.care.models import Medicine
from app.care.rules import MedicineDetails
from app.core.clock import korean_date
from app.core.errors import RuleBroken
from app.core.privacy import mask_resident_numbers
from app.core.text import normalise
from app.households.models import Member

TEXTS = ("name", "dose", "how", "prescribed_by")


def add_medicine(
    session: Session, member: Member, details: MedicineDetails, *, on: date, actor: Identity, now: datetime
) -> Medicine:
    """Put a medicine on somebody's list; `on` is the day it was seen or heard of.

    Raises:
        RuleBroken: no name, a day that has not come, or the same medicine stands on the list.
    """
    medicine = put_on_list(session, member, details, on=on, by_id=actor.account_id, now=now)
    _record(session, member, "추가", actor=actor, now=now)
    return medicine


def put_on_list(
    session: Session, member: Member, details: MedicineDetails, *, on: date, by_id: int | None, now: datetime
) -> Medicine:
    """As `add_medicine`, as a part of something that is recorded as a whole."""
    _refuse_unfit(details, today=korean_date(now))
    _refuse_twice(session, member.id, details.name)
    medicine = Medicine(
        household_id=member.household_id, member_id=member.id, since_on=details.since_on, confirmed_on=on,
        by_id=by_id, at=now, **_texts(details),
    )  # fmt: skip
    session.add(medicine)
    session.flush()
    return medicine


def change_medicine(
    session: Session, medicine: Medicine, details: MedicineDetails, *, because: str = "", on: date, actor: Identity,
    now: datetime,
) -> Medicine:  # fmt: skip
    """Say how a medicine is taken now: the line before ends, a new one begins.

    Raises:
        RuleBroken: no name, nothing changed, or it ended meanwhile.
    """
    fresh = replace_on_list(session, medicine, details, because=because, on=on, by_id=actor.account_id, now=now)
    _record(session, fresh.member, "변경", actor=actor, now=now)
    return fresh


def replace_on_list(
    session: Session, medicine: Medicine, details: MedicineDetails, *, because: str, on: date, by_id: int | None,
    now: datetime,
) -> Medicine:  # fmt: skip
    """As `change_medicine`, as a part of something that is recorded as a whole."""
    _refuse_unfit(details, today=korean_date(now))
    _refuse_ended(session, medicine)
    if (_texts(details), details.since_on) == ({name: getattr(medicine, name) for name in TEXTS}, medicine.since_on):
        raise RuleBroken("NOTHING_CHANGED", "바뀐 내용이 없습니다.")
    take_off_list(medicine, f"바뀜 {because}".strip(), on=on)
    session.flush()
    return put_on_list(session, medicine.member, details, on=on, by_id=by_id, now=now)


def end_medicine(
    session: Session, medicine: Medicine, *, because: str, on: date, actor: Identity, now: datetime
) -> None:
    """Note that a medicine is taken no longer.

    Raises:
        RuleBroken: no reason, a day that has not come, or it ended meanwhile.
    """
    if not because.strip():
        raise RuleBroken("REASON_NEEDED", "먹지 않는 까닭을 적어 주세요.", field="because")
    if on > korean_date(now):
        raise RuleBroken("FUTURE_DATE", "아직 오지 않은 날입니다.", field="on")
    _refuse_ended(session, medicine)
    take_off_list(medicine, because.strip(), on=on)
    _record(session, medicine.member, "중단", actor=actor, now=now)


def take_off_list(medicine: Medicine, because: str, *, on: date) -> None:
    """The line ends; it stays in the history."""
    medicine.ended_on, medicine.ended_because = on, mask_resident_numbers(because)


def confirm_medicines(session: Session, member: Member, *, on: date, actor: Identity, now: datetime) -> int:
    """«그대로 복용 중»: every medicine of somebody holds as it stands. Returns how many there are."""
    confirmed = keep_confirmed(session, member.id, on)
    _record(session, member, "확인", actor=actor, now=now)
    return confirmed


def keep_confirmed(session: Session, member_id: int, on: date) -> int:
    """Move the day of confirmation forward, never back; returns how many medicines are taken."""
    standing = session.scalars(_standing(member_id)).all()
    for medicine in standing:
        medicine.confirmed_on = max(medicine.confirmed_on, on)
    return len(standing)


def _standing(member_id: int) -> Select[Any]:
    return select(Medicine).where(Medicine.member_id == member_id, Medicine.ended_on.is_(None))


def _texts(details: MedicineDetails) -> dict[str, str]:
    return {name: mask_resident_numbers(normalise(getattr(details, name))) for name in TEXTS}


def _refuse_unfit(details: MedicineDetails, *, today: date) -> None:
    if not normalise(details.name):
        raise RuleBroken("NAME_NEEDED", "약 이름을 적어 주세요. 모르면 모양이나 쓰임을 적습니다.", field="name")
    if details.since_on is not None and details.since_on > today:
        raise RuleBroken("FUTURE_DATE", "아직 오지 않은 날입니다.", field="since_on")


def _refuse_twice(session: Session, member_id: int, name: str) -> None:
    if any(row.name == normalise(name) for row in session.scalars(_standing(member_id))):
        raise RuleBroken("ALREADY_LISTED", "이미 목록에 있는 약입니다. 그 약을 고쳐 주세요.", field="name")


def _refuse_ended(session: Session, medicine: Medicine) -> None:
    session.flush()
    locked = select(Medicine.ended_on).where(Medicine.id == medicine.id).with_for_update()
    if session.scalar(locked) is not None:
        raise RuleBroken("ALREADY_ENDED", "다른 사람이 먼저 바꾼 약입니다. 목록을 다시 확인해 주세요.")


def _record(session: Session, member: Member, what: str, *, actor: Identity, now: datetime) -> None:
    session.flush()
    audit.record(
        session, Action.CARE, subject=f"member:{member.id}", household_id=member.household_id, detail=f"약 {what}",
        actor=actor, now=now,
    )  # fmt: skip
