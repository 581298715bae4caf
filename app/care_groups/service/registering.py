"""Register people in the health programmes and discharge them (퇴록), with what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit import service as audit
from app.audit.rules import Action
from app.care_groups import queries
from app.care_groups.models import Registration
from app.care_groups.rules import CONSEQUENCES, DischargeReason, Programme
from app.core.clock import korean_date
from app.core.errors import RuleBroken
from app.follow_ups import service as follow_ups
from app.households.models import Member

LONGEST_AGO = timedelta(days=20 * 366)


@dataclass(frozen=True, slots=True)
class RegistrationDetails:
    """A registration as somebody types it; `twice_because` where the person is in another programme already."""

    programme: Programme
    registered_on: date
    note: str = ""
    twice_because: str = ""


@dataclass(frozen=True, slots=True)
class DischargeDetails:
    """A discharge as somebody types it; `on` is the last day in the programme."""

    reason: DischargeReason
    on: date
    note: str = ""


def register(
    session: Session, member: Member, details: RegistrationDetails, *, actor: Identity, now: datetime
) -> Registration:
    """Register a member in a programme.

    Somebody who is in another programme is asked about, not refused: most local guides allow one at a time, and it is
    a person who knows whether theirs does.

    Raises:
        RuleBroken: the person is in it already or has left the household, the household is closed, a day that has not
            come, or no reason for being in two programmes.
    """
    _refuse_day(details.registered_on, "registered_on", now)
    _refuse_absent(member)
    session.execute(select(Member.id).where(Member.id == member.id).with_for_update())
    standing = queries.standing_registrations(session, [member.id])
    _refuse_twice(standing, details)
    others = queries.others_of(standing, details.programme)
    row = Registration(
        household_id=member.household_id, member_id=member.id, programme=details.programme,
        registered_on=details.registered_on, note=details.note, twice_because=details.twice_because if others else "",
        by_id=actor.account_id, at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    _record(session, row, "등록", actor=actor, now=now)
    return row


def _refuse_twice(rows: Sequence[Registration], details: RegistrationDetails) -> None:
    same = next((each for each in rows if each.programme is details.programme), None)
    if same is not None:
        text = f"{same.registered_on.isoformat()}부터 이미 {same.programme.label}에 등록되어 있습니다."
        raise RuleBroken("REGISTERED", text, field="programme")
    if rows and not details.twice_because.strip():
        text = f"이미 {rows[0].programme.label}에 등록되어 있습니다. 함께 등록하는 까닭을 적어 주세요."
        raise RuleBroken("TWICE", text, field="twice_because")


def discharge(session: Session, row: Registration, details: DischargeDetails, *, actor: Identity, now: datetime) -> int:
    """End a registration. Returns how many terms of the care group ended with it.

    Leaving the programme that sets care groups ends the visits of the group; promises stay as they are.

    Raises:
        RuleBroken: it has ended already, a day before it began or that has not come, or no words where the reason
            needs some.
    """
    _refuse_day(details.on, "on", now)
    if row.discharged_on is not None:
        raise RuleBroken("DISCHARGED", "이미 퇴록한 등록입니다.")
    if details.on < row.registered_on:
        raise RuleBroken("BEFORE_START", "등록한 날보다 앞선 날로 퇴록할 수 없습니다.", field="on")
    if CONSEQUENCES[details.reason].needs_note and not details.note.strip():
        raise RuleBroken("NOTE_NEEDED", CONSEQUENCES[details.reason].advice, field="note")
    row.discharged_on, row.discharge_reason = details.on, details.reason
    row.discharge_note, row.discharged_by_id = details.note, actor.account_id
    session.flush()
    ended = _end_visits(session, row, details, actor=actor, now=now) if row.programme.sets_groups else 0
    _record(session, row, f"퇴록 {details.reason.value}", actor=actor, now=now)
    return ended


def _end_visits(
    session: Session, row: Registration, details: DischargeDetails, *, actor: Identity, now: datetime
) -> int:
    because = f"{row.programme.label} 퇴록"
    return follow_ups.end_care_group(session, row.member, on=details.on, because=because, actor=actor, now=now)


def _refuse_day(on: date, field: str, now: datetime) -> None:
    today = korean_date(now)
    if on > today:
        raise RuleBroken("FUTURE_DATE", "아직 오지 않은 날입니다.", field=field)
    if on < today - LONGEST_AGO:
        raise RuleBroken("DISTANT_DAY", f"{on.year}년이 맞습니까?", field=field)


def _refuse_absent(member: Member) -> None:
    if not member.household.is_active:
        raise RuleBroken("HOUSEHOLD_CLOSED", "종료한 가구입니다. 다시 관리하려면 먼저 가구를 되살려 주세요.")
    if not member.is_present:
        raise RuleBroken("LEFT", "가구원에서 제외한 사람입니다.")


def _record(session: Session, row: Registration, what: str, *, actor: Identity, now: datetime) -> None:
    audit.record(
        session, Action.REGISTER, subject=f"registration:{row.id}", household_id=row.household_id,
        detail=f"{row.programme.value} {what}", actor=actor, now=now,
    )  # fmt: skip
