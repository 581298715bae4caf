"""비상 연락망: keep a centre's phone tree. A line that was taken out can be put back to its place."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.accounts.models import Account, Centre
from app.audit import service as audit
from app.audit.rules import Action
from app.core.errors import RuleBroken
from app.core.text import phone_digits
from app.safety.models import DutyContact
from app.safety.queries import list_duty_contacts
from app.safety.rules import DutyDetails, moved

_DIALLED = re.compile(r"\d[\d -]{0,13}\d", re.ASCII)
"""Figures in groups: extensions and public numbers like 112 are no telephone numbers by their shape."""


def add_duty_contact(
    session: Session, centre_id: int, details: DutyDetails, *, actor: Identity, now: datetime
) -> DutyContact:
    """Put somebody at the end of the phone tree.

    Raises:
        RuleBroken: no number anybody could call, nobody named, somebody of another centre, or twice the same person.
    """
    _held(session, centre_id)
    details = _with_own_number(session, details)
    _refuse(session, centre_id, details, but=None)
    last = session.scalar(select(func.max(DutyContact.position)).where(DutyContact.centre_id == centre_id)) or 0
    contact = DutyContact(centre_id=centre_id, position=last + 1)
    _fill(session, contact, details)
    session.add(contact)
    session.flush()
    _record(session, contact, "연락망 추가", actor=actor, now=now)
    return contact


def change_duty_contact(
    session: Session, contact: DutyContact, details: DutyDetails, *, actor: Identity, now: datetime
) -> None:
    """Change who a line names or its number. Raises RuleBroken as `add_duty_contact`."""
    _held(session, contact.centre_id)
    details = _with_own_number(session, details)
    _refuse(session, contact.centre_id, details, but=contact.id)
    _fill(session, contact, details)
    session.flush()
    _record(session, contact, "연락망 고침", actor=actor, now=now)


def move_duty_contact(session: Session, contact: DutyContact, *, step: int, actor: Identity, now: datetime) -> None:
    """Call somebody one place earlier (`step` -1) or later (1); one who was taken out has no place to move from."""
    _held(session, contact.centre_id)
    rows = {row.id: row for row in list_duty_contacts(session, contact.centre_id)}
    if contact.id not in rows:
        return
    for place, key in enumerate(moved(list(rows), contact.id, step), start=1):
        rows[key].position = place
    session.flush()
    _record(session, contact, "연락망 순서", actor=actor, now=now)


def remove_duty_contact(session: Session, contact: DutyContact, *, actor: Identity, now: datetime) -> None:
    """Take somebody out of the phone tree; twice is once."""
    _held(session, contact.centre_id)
    if contact.ended_at is None:
        contact.ended_at = now
        session.flush()
        _record(session, contact, "연락망 뺌", actor=actor, now=now)


def restore_duty_contact(session: Session, contact: DutyContact, *, actor: Identity, now: datetime) -> None:
    """Put somebody who was taken out back to where they stood; twice is once.

    Raises:
        RuleBroken: the same person was put in anew meanwhile.
    """
    _held(session, contact.centre_id)
    if contact.ended_at is not None:
        _refuse_twice(session, contact.centre_id, contact.account_id, but=contact.id)
        contact.ended_at = None
        session.flush()
        _record(session, contact, "연락망 되돌림", actor=actor, now=now)


def _held(session: Session, centre_id: int) -> None:
    """Let nobody else change this centre's phone tree until the commit, so that no two lines get one place."""
    session.scalars(select(Centre).where(Centre.id == centre_id).with_for_update(of=Centre)).one()


def _with_own_number(session: Session, details: DutyDetails) -> DutyDetails:
    """One of the staff is called at the number of their account where no other is given."""
    whose = session.get(Account, details.account_id) if details.account_id else None
    return replace(details, phone=whose.phone) if whose and not details.phone.strip() else details


def _fill(session: Session, contact: DutyContact, details: DutyDetails) -> None:
    whose = session.get(Account, details.account_id) if details.account_id else None
    contact.account_id = details.account_id
    contact.title = details.title.strip() or (whose.title if whose else "")
    contact.phone = phone_digits(details.phone) or details.phone.strip()


def _refuse(session: Session, centre_id: int, details: DutyDetails, *, but: int | None) -> None:
    if not details.title.strip() and details.account_id is None:
        raise RuleBroken("NAME_NEEDED", "직원을 고르거나 기관 이름을 적어 주세요.", field="title")
    if not is_callable(details.phone):
        raise RuleBroken("PHONE_NEEDED", "걸 수 있는 전화번호를 적어 주세요. 예: 010-1234-5678", field="phone")
    if details.account_id is not None:
        whose = session.get(Account, details.account_id)
        if whose is None or whose.centre_id != centre_id:
            raise RuleBroken("NOT_A_COLLEAGUE", "이 센터의 직원이 아닙니다.", field="account_id")
        _refuse_twice(session, centre_id, details.account_id, but=but)


def _refuse_twice(session: Session, centre_id: int, account_id: int | None, *, but: int | None) -> None:
    if account_id is None:
        return
    rows = list_duty_contacts(session, centre_id)
    if any(row.account_id == account_id and row.id != but for row in rows):
        raise RuleBroken("TWICE", "이미 연락망에 있는 사람입니다.", field="account_id")


def is_callable(phone: str) -> bool:
    """Whether a telephone could dial it: a whole number, or a short one like 112 or an extension."""
    return phone_digits(phone) is not None or _DIALLED.fullmatch(phone.strip()) is not None


def _record(session: Session, contact: DutyContact, what: str, *, actor: Identity, now: datetime) -> None:
    audit.record(session, Action.CHANGE, subject=f"dutycontact:{contact.id}", detail=what, actor=actor, now=now)
